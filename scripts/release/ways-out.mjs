/**
 * The two tables of the bundle gate: what no built script, page or style may hold, and the exact code that may, with its reason.
 *
 * An allowance is the shape of a piece of built code, in which `§` stands for whatever the minifier called a variable. What fits
 * is taken out of the text before it is searched, so one more use of the same word anywhere else is found.
 */

/** @type {readonly { name: string, pattern: RegExp, only?: RegExp }[]} */
export const WAYS_OUT = [
  { name: 'WebRTC', pattern: /RTC(?:PeerConnection|DataChannel)/g },
  {
    name: 'new window',
    pattern: /\b(?:window|self|globalThis|top|parent|opener|defaultView)\s*(?:\?\.|\.)\s*open\b|\[.open.\]\s*\(/g
  },
  { name: 'navigation', pattern: /\blocation\s*(?:\.\s*href\s*)?=(?![=>])|\blocation\s*\.\s*(?:assign|replace)\b/g },
  { name: 'navigation', pattern: /\bnavigation\s*(?:\?\.|\.)\s*navigate\b|http-equiv\s*=\s*\W{0,2}refresh/gi },
  { name: 'connection ahead of use', pattern: /\b(?:preconnect|dns-prefetch|prerender|speculationrules|modulepreload)\b/g },
  { name: 'beacon', pattern: /sendBeacon|\bping\s*=\s*["'`]/g },
  { name: 'fetch', pattern: /\bfetch(?:Later)?\b/g },
  { name: 'XMLHttpRequest', pattern: /XMLHttpRequest/g },
  { name: 'WebSocket', pattern: /\bWebSocket(?:Stream)?\b/g },
  { name: 'EventSource', pattern: /\bEventSource\b/g },
  { name: 'WebTransport', pattern: /\bWebTransport\b/g },
  { name: 'script from an address', pattern: /\bimportScripts\b|\bimport\s*\((?!\s*["'`]\.{1,2}\/)/g },
  { name: 'text as code', pattern: /\beval\s*\(|\bnew\s+Function\b/g },
  { name: 'image from an address', pattern: /\bnew\s+Image\b|\.(?:src|srcset|poster|formAction)\s*=(?!=)/g },
  {
    name: 'element that loads',
    pattern:
      /createElement(?:NS)?\(\s*[^)]{0,40}["'`](?:img|image|i?frame|script|link|object|embed|video|audio|source|track|base|meta|form)["'`]/g
  },
  {
    name: 'element that loads',
    pattern: /<(?:i?frame|object|embed|base|link|script|video|audio|img|image)\s+[a-z]/g,
    only: /\.js$|!(?!page)/
  },
  { name: 'font from an address', pattern: /\bFontFace\b/g },
  { name: 'form', pattern: /\.(?:submit|requestSubmit)\s*\(/g },
  { name: 'tab', pattern: /\b(?:tabs\.(?:create|update)|windows\.create)\b|\bconnectNative\b|\bsendNativeMessage\b/g },
  {
    name: 'address in a page',
    pattern: /\b(?:src|href|action)\s*=\s*"(?!\/assets\/|\/seal\.js"|data:)[^"]*"/g,
    only: /\.html$|!page$/
  },
  { name: 'address in a style', pattern: /@import\b|url\(\s*(?!["']?(?:data:|#|\/assets\/))/g, only: /\.css$|!page$/ }
]

/** Code that may stand where `where` says, at most `most` times in one text. */
export const ALLOWED = [
  {
    why: 'the seal names what it takes away',
    where: /^seal\.js$|^assets\/.*\.js$|!script-1$/,
    code: [
      '[`RTCPeerConnection`,`webkitRTCPeerConnection`,`RTCDataChannel`,`WebSocket`,`WebSocketStream`,`WebTransport`,`EventSource`,`XMLHttpRequest`,`fetch`,`fetchLater`]',
      '§.deleteProperty(§.Navigator.prototype,`sendBeacon`)'
    ]
  },
  {
    why: 'the seal of the engine’s worker names what it takes away',
    where: /^assets\/worker-.*\.js$|!engine$/,
    code: [
      '[`fetch`,`fetchLater`,`XMLHttpRequest`,`WebSocket`,`WebSocketStream`,`WebTransport`,`EventSource`,`RTCPeerConnection`,`RTCDataChannel`,`importScripts`,`Worker`]'
    ]
  },
  {
    why: 'the proof tries every way out when the analyst asks for it, against the address the analyst chose',
    where: /^assets\/.*\.js$|!script-2$|!proof$/,
    code: [
      '{id:`fetch`,name:`fetch`,worker:!0}',
      '{id:`xhr`,name:`XMLHttpRequest`,worker:!0}',
      '{id:`beacon`,name:`sendBeacon`,worker:!1}',
      '{id:`websocket`,name:`WebSocket`,worker:!0}',
      '{id:`eventsource`,name:`EventSource`,worker:!0}',
      '{id:`webtransport`,name:`WebTransport`,worker:!0}',
      '{id:`webrtc`,name:`RTCPeerConnection`,worker:!0}',
      '{id:`import`,name:`import()`,worker:!0}',
      'fetch:§=>§(`fetch`)(§,{mode:`no-cors`})',
      'xhr:§=>{let §=new(§(`XMLHttpRequest`))',
      'websocket:§=>§(new(§(`WebSocket`))(§(§)),[`open`],[`error`,`close`])',
      'eventsource:§=>{let §=new(§(`EventSource`))(§)',
      'webtransport:§=>new(§(`WebTransport`))(§(§)).ready',
      '§=new(§(`RTCPeerConnection`))({iceServers:',
      'font:§=>new(§(`FontFace`))(`rarebit-proof`,',
      'import:§=>import(§)',
      'script:§=>{let §=§(`importScripts`);try{return §(§),Promise.resolve()}catch',
      'if(typeof navigator.sendBeacon!=`function`)throw new §(`sendBeacon`);return navigator.sendBeacon(§)?Promise.resolve():Promise.reject(Error(`sendBeacon`))',
      'image:§=>§(document.createElement(`img`),§=>§.src=§)',
      'script:§=>§(document.createElement(`script`),§=>§.src=§)',
      'iframe:§=>§(§(`iframe`),§=>§.src=§)',
      'video:§=>§(document.createElement(`video`),§=>§.src=§)',
      '§=document.createElement(`form`);§.method=`post`,§.target=§.name,§.action=§',
      'if(typeof HTMLFormElement.prototype.submit!=`function`)',
      'return §.submit(),§.remove(),setTimeout('
    ]
  },
  {
    why: 'an empty image without an address, which the editor puts beside what it draws into a line',
    where: /^assets\/.*\.js$|!script-2$/,
    code: ['§=document.createElement(`img`);§.className=`cm-widgetBuffer`']
  },
  {
    why: 'the listening script hands copies of the page’s own answers to the panel; it wraps what the page calls and calls nothing itself',
    where: /^extension\/content\/(capture|from-load)\.iife\.js$/,
    most: 2,
    code: [
      'fetch:window.fetch,',
      'window.fetch=function(...§){',
      '§.fetch,this===void 0?window:this,§)',
      'open:XMLHttpRequest.prototype.open,',
      'send:XMLHttpRequest.prototype.send,',
      'XMLHttpRequest.prototype.open=function(...§){',
      'XMLHttpRequest.prototype.send=function(§){'
    ]
  },
  {
    why: 'the one request Rarebit may send: a search through the analyst’s own Kibana session, shown and allowed first',
    where: /^extension\/content\/relay\.iife\.js$/,
    code: ['await fetch(location.origin+§+§.path,{']
  },
  {
    why: 'opens a page of the extension itself',
    where: /^assets\/.*\.js$/,
    most: 3,
    code: ['chrome.tabs.create({url:chrome.runtime.getURL(`extension/§/index.html`']
  }
]
