/** One finding of the HTML report, in the order of thought: what ran, why, how rare, when; notes, checks, events. */
import type { CellValue, Field } from '../../engine/worker/api.ts'
import { cellText } from '../format/cell.ts'
import { basisWords, marginWords, matchedWords } from '../format/engine-words.ts'
import { findingFacts } from '../format/finding.ts'
import { count } from '../format/number.ts'
import { localTime, timeSpan } from '../format/time.ts'
import { counted, text } from '../text/text.ts'
import { rarityBar, timePlot } from './html-graphs.ts'
import { html, type Markup, valueMarkup } from './markup.ts'
import { inputName, type ReportEvent, type ReportFinding, type ReportMark, type ReportModel, type ReportStep } from './model.ts'

const COMMAND = 'process.command_line'
const long = (n: number) => text('report.long', { n: count(n) })

/** A value that folds when it is long. */
export function value(shown: string): Markup {
  return valueMarkup(shown, { label: long })
}

export function cell(shown: CellValue): Markup {
  return value(cellText(shown))
}

/** The command, or the keys in one line where there is none. */
export function headlineOf(finding: ReportFinding, columns: readonly Field[]): string {
  const { command } = factsOf(finding, columns)
  return command ?? finding.keys.map((key) => cellText(key.value)).join(' · ')
}

function factsOf(finding: ReportFinding, columns: readonly Field[]) {
  return findingFacts({ ...finding, runs: [], truncated: finding.sourcesTruncated }, { columns: [...columns] })
}

/** The finding as an article with an anchor. */
export function findingMarkup(model: ReportModel, finding: ReportFinding, index: number): Markup {
  const facts = factsOf(finding, model.columns)
  return html`<article id="finding-${index + 1}" aria-labelledby="finding-${index + 1}-title">
    <div class="head">
      <h3 id="finding-${index + 1}-title">${text('report.finding', { n: index + 1 })}</h3>
      <span class="quiet small">${counted('events', finding.eventCount)}</span>
    </div>
    ${facts.command ? html`<pre class="command">${valueMarkup(facts.command, { lines: true, label: long })}</pre>` : null}
    ${markMarkup(finding.mark)} ${finding.droppedByKibana ? html`<p class="small">${text('report.kibana')}</p>` : null}
    <div class="pair">
      <div>
        <h4>${text('report.row')}</h4>
        ${rowMarkup(model, finding, facts.command)}
      </div>
      <div class="beside">
        <div>
          <h4>${text('report.rarity')}</h4>
          ${rarityMarkup(finding)}
        </div>
        ${marginsMarkup(finding)} ${whenMarkup(model, finding)}
      </div>
    </div>
    ${whyMarkup(finding)} ${stepsMarkup(finding.steps)} ${eventsMarkup(model, finding)}
  </article> `
}

/** The row, without the command that stands above it. */
function rowMarkup(model: ReportModel, finding: ReportFinding, command: string | null): Markup {
  const names = new Set(model.columns.map(({ name }) => name))
  const rows: [string, CellValue][] = [
    ...finding.keys.filter(({ name }) => !names.has(name)).map((key): [string, CellValue] => [key.name, key.value]),
    ...model.columns.map(({ name }, at): [string, CellValue] => [name, finding.row[at] ?? null]),
    ...(names.has('host.name') ? [] : [['host.name', finding.hosts] as [string, CellValue]]),
    ...(names.has('user.name') ? [] : [['user.name', finding.users] as [string, CellValue]])
  ]
  return html`<dl class="facts">
    ${rows
      .filter(([name, shown]) => shown !== null && cellText(shown) !== '' && !(name === COMMAND && shown === command))
      .map(
        ([name, shown]) =>
          html`<dt>${value(name)}</dt>
            <dd class="mono">${cell(shown)}</dd>`
      )}
  </dl>`
}

function rarityMarkup({ rarity }: ReportFinding): Markup {
  if (!rarity) return html`<p class="quiet small">${text('report.rarity.none')}</p>`
  return html`<p class="rare">${rarityBar(rarity)} ${text('report.rarity.bits', { bits: rarity.bits.toFixed(1) })}</p>
    <p class="small">
      ${value(text('report.rarity.of', { n: count(rarity.n), total: count(rarity.total), basis: basisWords(rarity.basis) }))}
    </p>`
}

const SIGNS = new Map<boolean | null, { sign: string; label: 'report.why.held' | 'report.why.notHeld' | 'report.why.unknown' }>([
  [true, { sign: '✓', label: 'report.why.held' }],
  [false, { sign: '✗', label: 'report.why.notHeld' }],
  [null, { sign: '–', label: 'report.why.unknown' }]
])

function marginsMarkup({ thresholds }: ReportFinding): Markup | null {
  if (thresholds.length === 0) return null
  return html`<div>
    <h4>${text('report.margins')}</h4>
    <ul class="margins">
      ${thresholds.map(
        (threshold) => html`<li>${value(threshold.column)} <span class="quiet">${value(marginWords(threshold))}</span></li>`
      )}
    </ul>
  </div>`
}

function whyMarkup({ why }: ReportFinding): Markup | null {
  if (!why) return null
  const line = (condition: string, held: boolean | null, alternative: boolean) => {
    const { sign, label } = SIGNS.get(held)!
    return html`<li class="${alternative ? 'or' : ''} ${held === true ? '' : 'not'}">
      <span role="img" aria-label="${text(label)}">${sign}</span><code>${valueMarkup(condition, { lines: true })}</code>
    </li>`
  }
  const conditions = why.conditions.flatMap((condition) => [
    line(condition.text, condition.held, false),
    ...(condition.alternatives.length > 1 ? condition.alternatives.filter(({ held }) => held === true) : []).map((alternative) =>
      line(alternative.text, alternative.held, true)
    )
  ])
  return html`<div>
    <h4>${text('report.why')}</h4>
    <p class="small">${value(matchedWords(why.summary))}</p>
    <ul class="conditions">
      ${conditions}
    </ul>
  </div>`
}

function whenMarkup(model: ReportModel, finding: ReportFinding): Markup | null {
  const { firstSeen, lastSeen } = finding
  if (firstSeen === null || lastSeen === null) return null
  const times = finding.events.flatMap(({ time }) => time ?? [])
  const shown = times.length > 0 ? times : [firstSeen, lastSeen]
  const range = model.timeRange
  return html`<div>
    <h4>${text('report.when')}</h4>
    ${
      range
        ? html`<figure>
            ${timePlot(shown, range)}
            <figcaption>
              <span>${localTime(range.start)}</span><span>${timeSpan(firstSeen, lastSeen)}</span
              ><span>${localTime(range.end)}</span>
            </figcaption>
          </figure>`
        : html`<p class="small">${timeSpan(firstSeen, lastSeen)}</p>`
    }
  </div>`
}

function markMarkup(mark: ReportMark | null): Markup | null {
  if (!mark || (!mark.star && mark.tags.length === 0 && mark.note === '')) return null
  const signs = [...(mark.star ? [html`★ ${text('report.mark.star')}`] : []), ...mark.tags.map((tag) => value(tag))]
  return html`<div class="note">
    ${signs.length > 0 ? html`<p class="small">${signs.flatMap((sign, at) => (at > 0 ? [' · ', sign] : [sign]))}</p>` : null}${
      mark.note ? html`<p>${valueMarkup(mark.note, { lines: true, label: long })}</p>` : null
    }
  </div>`
}

function stepsMarkup(steps: readonly ReportStep[]): Markup | null {
  if (steps.length === 0) return null
  return html`<div>
    <h4>${text('report.steps')}</h4>
    <ol class="steps">
      ${steps.map(
        ({ title, done, note, query, answer }) =>
          html`<li>
            <p>
              <span class="state ${done ? 'done' : ''}">${text(done ? 'report.step.done' : 'report.step.open')}</span>
              ${value(title)}
            </p>
            ${note ? html`<p>${valueMarkup(note, { lines: true, label: long })}</p>` : null}
            ${query && answer ? html`<pre class="block">${valueMarkup(query, { lines: true, label: long })}</pre>` : null}
            ${answer ? answerMarkup(answer) : null}
          </li>`
      )}
    </ol>
  </div>`
}

function answerMarkup({ columns, rows, total }: NonNullable<ReportStep['answer']>): Markup {
  const caption = text('report.answer', { rows: count(rows.length), total: count(total) })
  if (rows.length === 0) return html`<p class="quiet small">${caption}</p>`
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
      <table>
        <thead>
          <tr>
            ${columns.map(({ name }) => html`<th scope="col">${value(name)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${columns.map((_, at) => html`<td class="mono">${cell(row[at] ?? null)}</td>`)}
              </tr>`
          )}
        </tbody>
      </table>
    </div>
    <p class="quiet small">${caption}</p>`
}

function eventsMarkup(model: ReportModel, finding: ReportFinding): Markup {
  const places = finding.sources.filter(
    ({ file, event }) => !finding.events.some(({ source }) => source.file === file && source.event === event)
  )
  const shown = text('report.eventsShown', { shown: count(finding.events.length), all: count(finding.eventCount) })
  return html`<div>
    <h4>${text('report.eventsTitle')}</h4>
    ${finding.events.map((event, at) => eventMarkup(model, event, at === 0))}
    ${finding.events.length < finding.eventCount ? html`<p class="quiet small">${shown}</p>` : null}
    ${
      places.length > 0
        ? html`<details>
            <summary>${text('report.places')}</summary>
            <p class="small">${value(placesText(model, places))}</p>
          </details>`
        : null
    }
  </div>`
}

function placesText(model: ReportModel, places: ReportFinding['sources']): string {
  return places.map(({ file, line }) => `${inputName(model, file)}:${line}`).join('; ')
}

function eventMarkup(model: ReportModel, event: ReportEvent, open: boolean): Markup {
  const { file, line, byte, length } = event.source
  const place = text('report.event', {
    file: inputName(model, file),
    line: count(line),
    from: count(byte),
    to: count(byte + length)
  })
  const inner = html`<summary>
      ${value(place)}${event.time ? html` <span class="quiet">${localTime(event.time)}</span>` : null}
    </summary>
    <div>
      ${markMarkup(event.mark)}${event.text === null ? null : html`<pre class="block">${valueMarkup(event.text, { lines: true, label: long })}</pre>`}
      ${
        event.fields.length > 0
          ? html`<table class="fields">
              <thead>
                <tr>
                  <th scope="col">${text('report.field')}</th>
                  <th scope="col">${text('report.value')}</th>
                </tr>
              </thead>
              <tbody>
                ${event.fields.map(
                  (field) =>
                    html`<tr>
                      <th scope="row">${value(field.name)}</th>
                      <td class="mono">${cell(field.value)}</td>
                    </tr>`
                )}
              </tbody>
            </table>`
          : null
      }
    </div>`
  return open ? html`<details class="event" open>${inner}</details>` : html`<details class="event">${inner}</details>`
}
