/**
 * The report as one inert HTML file: no script, no address that is fetched, no link that leads out of it. It opens in any
 * browser, light or dark, at any width, and prints.
 */
import { count } from '../format/number.ts'
import { localTime, timeSpan } from '../format/time.ts'
import { language } from '../text/language.ts'
import { counted, text, textParts } from '../text/text.ts'
import { RULE_FILE } from './command.ts'
import { cell, findingMarkup, headlineOf, value } from './html-finding.ts'
import { rarityBar } from './html-graphs.ts'
import { REPORT_STYLE, REPORT_STYLE_SHA256 } from './html-style.ts'
import { html, Markup, valueMarkup } from './markup.ts'
import type { ReportModel } from './model.ts'

const POLICY = `default-src 'none'; style-src 'sha256-${REPORT_STYLE_SHA256}'; base-uri 'none'; form-action 'none'`

/** One HTML document. */
export function htmlReport(model: ReportModel): string {
  const title = `${model.rule.name} · Rarebit`
  return html`${new Markup('<!doctype html>')}
    <html lang="${language()}">
      <head>
        <meta charset="utf-8" />
        ${new Markup(`<meta http-equiv="Content-Security-Policy" content="${POLICY}">`)}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no, email=no, address=no" />
        <title>${plainTitle(title)}</title>
        ${new Markup(`<style>${REPORT_STYLE}</style>`)}
      </head>
      <body>
        ${headMarkup(model)}
        <main>
          ${numbersMarkup(model)} ${overviewMarkup(model)}
          ${model.findings.map((finding, index) => findingMarkup(model, finding, index))} ${nearMarkup(model)}
          ${linesMarkup(text('report.warnings'), model.warnings)}
          ${linesMarkup(text('report.notes'), [...model.notes, ...model.inputs.flatMap(({ notes }) => notes)])}
          ${skippedMarkup(model)} ${againMarkup(model)}
        </main>
        <footer><p>${chipLegend()}</p></footer>
      </body>
    </html> `.html
}

/** A title has no elements: what cannot be seen is left out of it. */
function plainTitle(title: string): string {
  return title.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ')
}

function headMarkup({ rule, tool, createdAt, redacted }: ReportModel): Markup {
  const facts = [
    ...(rule.severity ? [rule.severity] : []),
    ...(rule.version === null ? [] : [text('report.rule.version', { version: rule.version })]),
    ...rule.techniques
  ]
  return html`<header>
    <p class="kicker">${text('report.kicker')}</p>
    <h1>${value(rule.name)}</h1>
    ${facts.length > 0 ? html`<p class="quiet">${facts.map((fact, at) => html`${at > 0 ? ' · ' : ''}${value(fact)}`)}</p>` : null}
    ${rule.description ? html`<p>${value(rule.description)}</p>` : null}
    ${rule.retired ? html`<p>${value(text('report.rule.retired', { date: rule.retired.date }))}</p>` : null}
    <p class="quiet small">
      ${text('report.made', { time: localTime(createdAt), version: tool.version })}${tool.build ? html`, ${value(text('report.build', { build: tool.build }))}` : null}
    </p>
    ${redacted ? html`<p class="stamp">${text('report.redacted', { n: count(redacted.replacements) })}</p>` : null}
  </header>`
}

function numbersMarkup(model: ReportModel): Markup {
  const { findings, findingCount, inputs, run, timeRange } = model
  const all = findings.length === findingCount
  const events = inputs.reduce((sum, input) => sum + input.events, 0)
  const mode =
    run.mode === 'replay' ? text('report.mode.replay', { runs: counted('runs', run.runCount) }) : text('report.mode.whole')
  const window =
    run.fromTime && run.toTime ? text('report.window', { from: localTime(run.fromTime), to: localTime(run.toTime) }) : null
  return html`<dl class="numbers">
    <div>
      <dt>${text('report.findings')}</dt>
      <dd>${count(findings.length)}</dd>
      ${all ? null : html`<dd class="words quiet">${text('report.findingsOf', { shown: count(findings.length), all: count(findingCount) })}</dd>`}
    </div>
    <div>
      <dt>${text('report.events')}</dt>
      <dd>${count(events)}</dd>
    </div>
    <div>
      <dt>${text('report.inputs')}</dt>
      <dd>${count(inputs.length)}</dd>
    </div>
    <div>
      <dt>${text('report.mode')}</dt>
      <dd class="words">${mode}</dd>
      ${window ? html`<dd class="words quiet">${window}</dd>` : null}${run.cancelled ? html`<dd class="words">${text('report.stopped')}</dd>` : null}
    </div>
    ${
      timeRange
        ? html`<div>
            <dt>${text('report.period')}</dt>
            <dd class="words">${timeSpan(timeRange.start, timeRange.end)}</dd>
          </div>`
        : null
    }
  </dl>`
}

function overviewMarkup(model: ReportModel): Markup {
  if (model.findings.length === 0)
    return html`<section>
      <h2>${text('report.contents')}</h2>
      <p class="quiet">${text('report.nothing')}</p>
    </section>`
  const items = model.findings.map((finding, index) => {
    const who = [...finding.hosts, ...finding.users].join(' · ').slice(0, 200)
    const { rarity, firstSeen } = finding
    return html`<li>
      <a href="#finding-${index + 1}"
        ><span class="at">${index + 1}</span
        ><span class="what">${valueMarkup(headlineOf(finding, model.columns).slice(0, 400))}</span>${
          rarity ? html`<span class="rare">${rarityBar(rarity)} ${rarity.bits.toFixed(1)}</span>` : html`<span></span>`
        }<span class="who"
          >${finding.mark?.star ? '★ ' : ''}${valueMarkup(who)}${firstSeen ? html`${who ? ' · ' : ''}${localTime(firstSeen)}` : null}
          · ${counted('events', finding.eventCount)}</span
        ></a
      >
    </li>`
  })
  return html`<section aria-labelledby="overview">
    <h2 id="overview">${text('report.contents')}</h2>
    <ol class="overview">
      ${items}
    </ol>
  </section>`
}

function nearMarkup({ nearMisses }: ReportModel): Markup | null {
  if (nearMisses === null) return null
  const groups = nearMisses.map(
    ({ condition, count: n, events }) =>
      html`<li>
        <pre class="block">${valueMarkup(condition, { lines: true })}</pre>
        <p class="small">${counted('events', n)}</p>
        ${
          events.length > 0
            ? html`<details>
                <summary>${text('near.shown', { shown: count(events.length), all: count(n) })}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label="${text('report.near')}">
                  <table>
                    <tbody>
                      ${events.map(
                        (event) =>
                          html`<tr>
                            <td>${event.time ? localTime(event.time) : ''}</td>
                            <td>${value(event.host ?? '')}</td>
                            <td class="mono">${value(event.commandLine ?? '')}</td>
                            <td class="mono">${event.values.map((one) => html`${value(one.name)} = ${cell(one.value)} `)}</td>
                          </tr>`
                      )}
                    </tbody>
                  </table>
                </div>
              </details>`
            : null
        }
      </li>`
  )
  return html`<section aria-labelledby="near">
    <h2 id="near">${text('report.near')}</h2>
    <p class="quiet small">${text('report.near.lead')}</p>
    ${
      groups.length > 0
        ? html`<ul class="list">
            ${groups}
          </ul>`
        : html`<p>${text('near.none')}</p>`
    }
  </section>`
}

function linesMarkup(title: string, lines: readonly string[]): Markup | null {
  if (lines.length === 0) return null
  return html`<section>
    <h2>${title}</h2>
    <ul class="list">
      ${lines.map((line) => html`<li class="small">${value(line)}</li>`)}
    </ul>
  </section>`
}

function skippedMarkup({ inputs }: ReportModel): Markup | null {
  const damaged = inputs.filter(({ skippedTotal }) => skippedTotal > 0)
  if (damaged.length === 0) return null
  return html`<section>
    <h2>${text('report.skipped')}</h2>
    <ul class="list">
      ${damaged.map(
        ({ name, skipped, skippedTotal }) =>
          html`<li>
            <p>${value(name)} <span class="quiet">${counted('skipped', skippedTotal)}</span></p>
            <details>
              <summary>${text('report.skipped.shown', { shown: count(skipped.length), all: count(skippedTotal) })}</summary>
              <table>
                <tbody>
                  ${skipped.map(
                    ({ line, byte, length, reason }) =>
                      html`<tr>
                        <td>${text('report.skipped.place', { line: count(line), byte: count(byte), length: count(length) })}</td>
                        <td>${value(reason)}</td>
                      </tr>`
                  )}
                </tbody>
              </table>
            </details>
          </li>`
      )}
    </ul>
  </section>`
}

function againMarkup(model: ReportModel): Markup {
  const { rule, inputs, command } = model
  const list = inputs.map(
    ({ name, bytes, events, skippedTotal, sha256 }) =>
      html`<li>
        <p>
          ${value(name)}
          <span class="quiet small"
            >${count(bytes)} bytes,
            ${counted('events', events)}${skippedTotal > 0 ? html`, ${counted('skipped', skippedTotal)}` : null}</span
          >
        </p>
        <p class="hash">SHA-256 ${sha256 ?? text('report.input.noHash')}</p>
      </li>`
  )
  const schedule = rule.interval
    ? text('report.rule.schedule', { interval: rule.interval, from: rule.from, max: count(rule.maxSignals) })
    : ''
  return html`<section class="again" aria-labelledby="again">
    <h2 id="again">${text('report.again')}</h2>
    <p>${text('report.again.lead')}</p>
    ${rule.builtIn || rule.query === '' ? null : html`<p>${text('report.again.rule', { file: RULE_FILE })}</p>`}
    <pre class="block">${valueMarkup(command, { lines: true })}</pre>
    <div>
      <h3 class="small-head">${text('report.inputs')}</h3>
      <ul class="inputs">
        ${list}
      </ul>
    </div>
    ${
      rule.query
        ? html`<div>
            <h3 class="small-head">
              ${text('report.rule')}${rule.id ? html` <span class="mono">${value(rule.id)}</span>` : null}
            </h3>
            <p class="small quiet">${value(schedule)}</p>
            <pre class="block">${valueMarkup(rule.query, { lines: true })}</pre>
          </div>`
        : null
    }
  </section>`
}

function chipLegend(): Markup[] {
  return textParts('report.chips').map((part) =>
    typeof part === 'string' ? html`${part}` : html`<span class="chip" title="U+202E">RLO</span>`
  )
}
