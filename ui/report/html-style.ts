/**
 * The style sheet of the report. Its digest stands in the report's own policy, so nothing else can style the page.
 *
 * On paper nothing scrolls or unfolds: folded parts are open, and the row of a table with eight columns or more takes several
 * lines of four cells, its header likewise, so that each name keeps the place of its values.
 */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fdfdfb, #14181d);
  --sunk: light-dark(#f4f4f0, #10141a);
  --ink: light-dark(#20252d, #e8ebef);
  --soft: light-dark(#4b525d, #b3bac4);
  --line: light-dark(#dedfd9, #2f363f);
  --firm: light-dark(#8b909a, #727b87);
  --rare: light-dark(#b8430f, #f0915a);
  --rest: light-dark(#d6d8d3, #3b434d);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', 'Roboto Mono', 'DejaVu Sans Mono', monospace;
}
*, *::before, *::after { box-sizing: border-box }
html { background: var(--paper); color: var(--ink); font: 0.9375rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif; -webkit-text-size-adjust: 100% }
body { margin: 0 auto; max-width: 60rem; padding: 2.5rem clamp(1rem, 4vw, 2.5rem) 4rem }
h1, h2, h3, h4, p, ol, ul, dl, dd, figure, pre, table { margin: 0; padding: 0 }
ol, ul { list-style: none }
h1 { font-size: clamp(1.5rem, 4vw, 2rem); line-height: 1.2; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere }
h2 { font-size: 1.125rem; font-weight: 650; padding-bottom: 0.75rem }
h3 { font-size: 1rem; font-weight: 650 }
h4, .small-head { font-size: 0.8125rem; font-weight: 600; color: var(--soft); padding-bottom: 0.375rem }
a { color: inherit; text-decoration-color: var(--firm); text-underline-offset: 0.2em }
a:hover { text-decoration-color: currentColor }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
bdi, pre { unicode-bidi: isolate }
.v, .long .head { overflow-wrap: anywhere; white-space: pre-wrap }
.long { white-space: normal }
.long .head { unicode-bidi: isolate }
code, pre, .mono { font-family: var(--mono); font-size: 0.875rem }
.quiet { color: var(--soft) }
.small { font-size: 0.8125rem }
.chip { display: inline-block; padding: 0 0.3em; margin: 0 0.1em; border: 1px solid var(--firm); border-radius: 3px; font: 0.75rem/1.3 system-ui, sans-serif; color: var(--soft); white-space: nowrap }
header { padding-bottom: 2rem; border-bottom: 2px solid var(--ink) }
.kicker { font-size: 0.8125rem; color: var(--soft); padding-bottom: 0.375rem }
header p + p { padding-top: 0.5rem }
.stamp { display: inline-block; margin-top: 0.75rem; padding: 0.25rem 0.75rem; border: 1px solid var(--ink); border-radius: 3px; font-size: 0.8125rem }
section { padding-top: 2.5rem }
.again { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr) }
.again h2 { padding-bottom: 0 }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(8.25rem, 100%), 1fr)); gap: 1rem 2rem; padding-top: 1.5rem }
.numbers dt { font-size: 0.8125rem; color: var(--soft) }
.numbers dd { font-size: 1.25rem; font-variant-numeric: tabular-nums; line-height: 1.3 }
.numbers dd.words { font-size: 0.9375rem; line-height: 1.5 }
.overview li { border-top: 1px solid var(--line) }
.overview li:last-child { border-bottom: 1px solid var(--line) }
.overview a { display: grid; grid-template-columns: 2rem minmax(0, 1fr) auto; gap: 0 0.75rem; padding: 0.5rem 0; text-decoration: none; align-items: baseline; min-height: 1.5rem }
.overview a:hover .what { text-decoration: underline }
.overview .at { font-size: 0.875rem; color: var(--soft); font-variant-numeric: tabular-nums; text-align: end }
.overview .what { font-family: var(--mono); font-size: 0.875rem; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden }
.overview .who { grid-column: 2 / -1; color: var(--soft); font-size: 0.8125rem; overflow-wrap: anywhere }
.rare { display: inline-flex; gap: 0.5rem; align-items: center; white-space: nowrap; font: 0.8125rem/1 var(--mono) }
article { padding-top: 2.5rem; display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); content-visibility: auto; contain-intrinsic-size: auto 48rem }
article > .head { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; justify-content: space-between; align-items: baseline; padding-top: 1rem; border-top: 1px solid var(--firm) }
.command { padding: 0.875rem 1rem; background: var(--sunk); border-left: 3px solid var(--rare); overflow-wrap: anywhere; white-space: pre-wrap; font-size: 0.9375rem; line-height: 1.6 }
.block { padding: 0.875rem 1rem; background: var(--sunk); overflow-wrap: anywhere; white-space: pre-wrap; line-height: 1.55 }
.pair { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.25rem 2.5rem }
.pair > .beside { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); align-content: start }
.pair .facts { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) }
.facts { display: grid; grid-template-columns: minmax(5rem, 11rem) minmax(0, 1fr); gap: 0.25rem 1rem; font-size: 0.875rem }
.facts dt { color: var(--soft); overflow-wrap: anywhere }
.bits { vertical-align: middle; flex: none }
.bits .rest { fill: var(--rest) }
.bits .full { fill: var(--rare) }
.times { display: block; width: 100%; height: 2.5rem }
.times rect { fill: var(--soft) }
.times line { stroke: var(--firm) }
figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding-top: 0.25rem; font-size: 0.8125rem; color: var(--soft); font-variant-numeric: tabular-nums }
.conditions li { display: grid; grid-template-columns: 1.25rem minmax(0, 1fr); padding: 0.125rem 0; font-size: 0.8125rem }
.conditions .or { padding-left: 1.25rem }
.conditions .not { color: var(--soft) }
.margins li { font-size: 0.875rem; padding: 0.125rem 0 }
.note { padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 3px; font-size: 0.9375rem }
.note p + p { padding-top: 0.25rem }
.steps > li { padding: 0.625rem 0; border-top: 1px solid var(--line); font-size: 0.875rem }
.steps > li:last-child { border-bottom: 1px solid var(--line) }
.steps .state { display: inline-block; min-width: 3.25rem; color: var(--soft) }
.steps .done { color: var(--ink); font-weight: 600 }
.steps p + *, .steps details { margin-top: 0.5rem }
summary { cursor: pointer; min-height: 1.5rem; font-size: 0.875rem }
details > summary + * { margin-top: 0.5rem }
details.event + details.event { margin-top: 0.25rem }
.scroll { overflow-x: auto; max-width: 100% }
:is(.scroll, .list) :is(th, td) { min-width: 7rem }
table { border-collapse: collapse; width: 100%; font-size: 0.8125rem }
th, td { text-align: start; vertical-align: top; padding: 0.25rem 1rem 0.25rem 0; border-top: 1px solid var(--line) }
thead th { border: 0; font-weight: 500; color: var(--soft) }
tbody th { font-weight: 400; color: var(--soft); overflow-wrap: anywhere }
td.mono, td code { font-size: 0.8125rem }
.fields { table-layout: fixed }
.fields th:first-child { width: 38% }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap }
.hash { font: 0.75rem/1.5 var(--mono); overflow-wrap: anywhere }
.list li { padding: 0.25rem 0; overflow-wrap: anywhere }
.inputs li { padding: 0.5rem 0; border-top: 1px solid var(--line) }
.inputs li:last-child { border-bottom: 1px solid var(--line) }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.8125rem }
@media (max-width: 46rem) {
  .pair { grid-template-columns: minmax(0, 1fr) }
}
@media (max-width: 34rem) {
  body { padding-top: 1.5rem }
  .facts, .pair .facts { grid-template-columns: minmax(0, 1fr); gap: 0 }
  .facts dd { padding-bottom: 0.375rem }
  .overview a { grid-template-columns: 1.5rem minmax(0, 1fr) }
  .overview .rare { grid-column: 2 }
  .fields, .fields tbody, .fields tr, .fields th, .fields td { display: block; width: auto }
  .fields thead { display: none }
  .fields th:first-child { width: auto }
  .fields td { border: 0; padding-top: 0 }
}
@media print {
  :root { color-scheme: light; --paper: #fff }
  @page { margin: 18mm 16mm }
  html { font-size: 10pt }
  body { max-width: none; padding: 0 }
  p, pre, dd { orphans: 3; widows: 3 }
  article { content-visibility: visible }
  h1, h2, h3, h4, .head, summary, .steps p:first-child, .steps pre, .list :is(p, pre) { break-after: avoid }
  .command, .numbers, .bits, .note, figure, .list pre, .facts dd, .conditions li, .margins li, .overview li, li.small, .inputs li, tr { break-inside: avoid }
  .scroll + p { break-before: avoid }
  a { text-decoration: none }
  summary { list-style: none; min-height: 0 }
  summary::-webkit-details-marker { display: none }
  .block { border: 1px solid var(--line) }
  .overview .what { display: block; overflow: visible; -webkit-line-clamp: none }
  .scroll { overflow: visible }
  :is(.scroll, .list) :is(th, td) { min-width: 6.5em; overflow-wrap: anywhere }
  .scroll table:has(td:nth-child(8)) tr { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); border-top: 1px solid var(--line) }
  .scroll table:has(td:nth-child(8)) :is(th, td) { min-width: 0; border: 0; font-size: 0.7rem }
  details:not([open])::details-content { content-visibility: visible; height: auto }
  @supports selector(::details-content) {
    .long .head { display: none }
  }
}
@media (forced-colors: active) {
  .bits .rest { fill: Canvas; stroke: GrayText }
  .bits .full, .times rect { fill: CanvasText }
}
`

/** SHA-256 of the style sheet in base64; a test keeps it true. */
export const REPORT_STYLE_SHA256 = 'b/wCYbQu45ssLhGR37/FQ/onaq5tJexy4ri1r12Q758='
