/**
 * Reads values back from what a page shows: a value is its text and the characters of its chips. Put into a page before its own
 * scripts, so that a test asks `shown` there; it also notes what a hostile text must not cause.
 */
import type { BrowserContext, Page } from 'playwright'

export interface ShownText {
  /** The value an element shows. */
  of(node: Node): string
  /** The values of all elements that a selector names; ` >>> ` goes into a shadow root. */
  all(selector: string): string[]
  /** Unfolds the long values within; answers how many there were. */
  unfold(selector: string): number
  /** Scrolls a list through and reads its rows as they are drawn: the values of each selector. */
  through(scroller: string, selectors: string[]): Promise<string[][]>
  /** Where a character that cannot be seen stands without a chip. */
  naked(): string[]
  /** Refusals of the page's policy, and names that were added to what every object has. */
  marks(): { refused: string[]; added: string[]; hit: unknown[] }
}

declare global {
  var shown: ShownText
}

/** Adds the reader to every page of a context. */
export async function addShownText(context: BrowserContext): Promise<void> {
  await context.addInitScript(installShownText)
}

/** `shown.all` of a page. */
export function shownTexts(page: Page, selector: string): Promise<string[]> {
  return page.evaluate((wanted) => shown.all(wanted), selector)
}

/** `shown.through` of a page. */
export function shownThrough(page: Page, scroller: string, selectors: string[]): Promise<string[][]> {
  return page.evaluate(({ list, wanted }) => shown.through(list, wanted), { list: scroller, wanted: selectors })
}

/** Runs in the page; knows nothing of this module. */
function installShownText(): void {
  const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u
  const SPOKEN = ['title', 'aria-label', 'aria-description', 'aria-valuetext', 'placeholder', 'alt', 'label']
  /** Editable texts are raw by nature: the note beneath each shows what hides in it. */
  const RAW = 'textarea, input, script, style, datalist, .box > pre, .chip > .raw'
  const before = new Set(Reflect.ownKeys(Object.prototype))
  const refused: string[] = []
  document.addEventListener('securitypolicyviolation', (event) => refused.push(`${event.violatedDirective} ${event.blockedURI}`))

  const fromTitle = (chip: Element) =>
    (chip.getAttribute('title') ?? '').replace(/U\+([0-9A-F]+) ?/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
  const of = (node: Node): string => {
    if (node instanceof Text) return node.data
    if (node instanceof Element && node.matches('.chip[title], .hidden-chip'))
      return node.querySelector('.raw')?.textContent ?? fromTitle(node)
    return Array.from(node.childNodes, of).join('')
  }
  const found = (selector: string): Element[] =>
    selector
      .split(' >>> ')
      .reduce<ParentNode[]>(
        (roots, part, at) =>
          roots.flatMap((root) => [...((at > 0 ? (root as Element).shadowRoot : root)?.querySelectorAll(part) ?? [])]),
        [document]
      ) as Element[]
  const all = (selector: string) => found(selector).map(of)
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  const place = (node: Element) =>
    `${node.localName}.${node.className} in ${node.closest('[data-pane], dialog, section')?.outerHTML.slice(0, 60)}`

  globalThis.shown = {
    of,
    all,
    unfold(selector) {
      const folded = Array.from(
        document.querySelectorAll<HTMLButtonElement>(`${selector} .fold, ${selector} > code + button`)
      ).filter((button) => button.previousElementSibling?.textContent.endsWith('…'))
      for (const button of folded) button.click()
      return folded.length
    },
    async through(scroller, selectors) {
      const list = document.querySelector(scroller)!
      const found = selectors.map(() => [] as string[])
      for (let top = 0; ; top += list.clientHeight) {
        list.scrollTop = top
        do await drawn()
        while (list.querySelector('.coming'))
        for (const [at, selector] of selectors.entries()) found[at]!.push(...all(`${scroller} ${selector}`))
        if (top + list.clientHeight >= list.scrollHeight) return found
      }
    },
    naked() {
      const bare = UNSEEN.test(document.title) ? ['title'] : []
      const walk = (root: Document | ShadowRoot) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (node instanceof Text) {
            if (UNSEEN.test(node.data) && !node.parentElement?.closest(RAW)) bare.push(place(node.parentElement!))
          } else if (node instanceof Element) {
            for (const name of SPOKEN) if (UNSEEN.test(node.getAttribute(name) ?? '')) bare.push(`${name} of ${place(node)}`)
            const label = node.getAttribute('data-chip') ?? node.textContent
            if (node.matches('.chip[title]') && !label) bare.push(`chip without a name: ${place(node)}`)
            if (node.shadowRoot) walk(node.shadowRoot)
          }
        }
      }
      walk(document)
      return [...new Set(bare)]
    },
    marks: () => ({
      refused,
      added: Reflect.ownKeys(Object.prototype)
        .filter((name) => !before.has(name))
        .map(String),
      hit: ['hit', '__xss', 'polluted']
        .map((name) => (globalThis as Record<string, unknown>)[name])
        .filter((value) => value !== undefined)
    })
  }
}
