/** The bundle gate sees each way out where it is planted, and lets through only the code on its list, where the list says. */
import { gzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { runnerImport } from 'vite'

const { module: gate } = await runnerImport<{
  gateFindings(texts: Map<string, string>): string[]
  unusedAllowances(texts: Map<string, string>): string[]
}>('./scripts/release/bundle-gate.mjs')
const { module: texts } = await runnerImport<{ partsOf(html: string): Map<string, string> }>('./scripts/release/bundle-texts.mjs')

const found = (text: string, name = 'assets/a-1.js') => gate.gateFindings(new Map([[name, text]]))

describe('planted', () => {
  test.for([
    ['WebRTC', 'new RTCPeerConnection({})'],
    ['WebRTC', 'new self["webkitRTCPeerConnection"]'],
    ['new window', 'window.open(e)'],
    ['new window', 'globalThis . open(e)'],
    ['new window', 'window?.open(e)'],
    ['new window', 'e["open"](t)'],
    ['navigation', 'location=e'],
    ['navigation', 'window.location.href = `https://a.example/${e}`'],
    ['navigation', 'location.assign(e)'],
    ['navigation', 'document.location.replace(e)'],
    ['navigation', 'navigation.navigate(e)'],
    ['connection ahead of use', 'e.rel=`preconnect`'],
    ['connection ahead of use', "t.setAttribute('rel','dns-prefetch')"],
    ['beacon', 'navigator.sendBeacon(e,t)'],
    ['fetch', 'await fetch(e)'],
    ['fetch', 'globalThis["fetch"](e)'],
    ['XMLHttpRequest', 'new XMLHttpRequest'],
    ['WebSocket', 'new WebSocket(e)'],
    ['EventSource', 'new EventSource(e)'],
    ['WebTransport', 'new WebTransport(e)'],
    ['script from an address', 'importScripts(e)'],
    ['script from an address', 'import(e)'],
    ['script from an address', 'import(`https://a.example/b.js`)'],
    ['text as code', 'eval(e)'],
    ['text as code', 'new Function(e)'],
    ['image from an address', 'new Image().src'],
    ['image from an address', 't.src=e'],
    ['element that loads', 'document.createElement(`iframe`)'],
    ['element that loads', 'e.createElementNS(n,"image")'],
    ['element that loads', 'f(`<img class="a" src="x">`)'],
    ['font from an address', 'new FontFace(`a`,`url(b)`)'],
    ['form', 'e.submit()'],
    ['tab', 'chrome.tabs.create({url:e})']
  ] as const)('%s: %s', ([way, code]) => {
    expect(found(code)).toEqual(expect.arrayContaining([expect.stringContaining(`assets/a-1.js: ${way} [`)]))
  })

  test.for([
    ['extension/a/index.html', '<script src="https://a.example/b.js"></script>', 'address in a page'],
    ['extension/a/index.html', '<link rel="preconnect" href="/assets/a.js">', 'connection ahead of use'],
    ['extension/a/index.html', '<meta http-equiv="refresh" content="0;url=b">', 'navigation'],
    ['rarebit.html!page', '<img src="https://a.example/b.png">', 'address in a page'],
    ['assets/a.css', 'a{background:url(https://a.example/b.png)}', 'address in a style'],
    ['assets/a.css', '@import "b.css";', 'address in a style'],
    ['rarebit.html!engine', 'fetch(e)', 'fetch']
  ] as const)('%s: %s', ([name, text, way]) => {
    expect(found(text, name)).toEqual([expect.stringContaining(`${name}: ${way} [`)])
  })

  test('in the packed script of a one-file page', () => {
    const packed = Buffer.from(gzipSync(Buffer.from('onmessage=()=>fetch("https://a.example")'))).toString('base64')
    const html = `<meta charset="utf-8"><script>let a=1</script><script type="application/gzip" id="packed-engine">${packed}</script>`
    const parts = texts.partsOf(html)
    expect([...parts.keys()]).toEqual(['script-1', 'engine', 'page'])
    expect(found(parts.get('engine')!, 'rarebit.html!engine')).toHaveLength(1)
  })
})

describe('allowed', () => {
  const shown = 'fetch:e=>l(`fetch`)(e,{mode:`no-cors`})'

  test('the code on the list, whatever the minifier called its variables, once', () => {
    expect(found(shown)).toEqual([])
    expect(found('fetch:$a=>_b(`fetch`)($a,{mode:`no-cors`})')).toEqual([])
    expect(found(`${shown};${shown}`).length).toBeGreaterThan(0)
  })

  test('nowhere else, and nothing beside it', () => {
    expect(found(shown, 'rarebit.html!engine').length).toBeGreaterThan(0)
    expect(found(`${shown},fetch(e)`)).toHaveLength(1)
    expect(found('fetch:e=>l(`fetch`)(e,{mode:`no-cors`,body:t})').length).toBeGreaterThan(0)
  })

  test('modules and pages of the package itself', () => {
    expect(found('import(`./sample-1.js`)')).toEqual([])
    expect(found('<script src="/seal.js"></script><link rel="icon" href="/assets/a.png">', 'extension/a/index.html')).toEqual([])
    expect(found('chrome.tabs.create({url:chrome.runtime.getURL(`extension/analyzer/index.html`)})')).toEqual([])
  })

  test('a list that no code makes use of is said', () => {
    expect(gate.unusedAllowances(new Map([['assets/a.js', shown]]))).not.toContain('fetch:§=>§(`fetch`)(§,{mode:`no-cors`})')
    expect(gate.unusedAllowances(new Map([['assets/a.js', '']]))).toContain('fetch:§=>§(`fetch`)(§,{mode:`no-cors`})')
  })
})
