/**
 * An alert as Kibana stores it, from its line: facts of the alert, the rule that made it, and the result row among its fields.
 * All of it is text of the page: looked at by name, never trusted to be there or of a kind.
 */
import { BUILT_IN_ORIGIN_ID, BUILT_IN_RULE } from '../../rules/built-in-rule.ts'
import { member, type Rule, toRule } from '../../rules/rule.ts'
import { type EventField, flattenRecord } from '../../source/event-text.ts'
import type { LiveDocument } from '../../source/kibana/decode-body.ts'
import type { AlertInfo } from './live-types.ts'

/** The fields of an alert by name. */
export class AlertDocument {
  readonly fields: ReadonlyMap<string, EventField['value']>
  private readonly source: unknown

  constructor(
    readonly index: string | null,
    readonly id: string,
    line: Uint8Array,
    readonly whole: boolean
  ) {
    const text = new TextDecoder().decode(line)
    this.fields = new Map(flattenRecord(text, 'hit-source').map(({ name, value }) => [name, value]))
    this.source = member(parsed(text), '_source')
  }

  static of({ index, id, line, whole }: LiveDocument): AlertDocument | null {
    return id === null ? null : new AlertDocument(index, id, line, whole)
  }

  /** First value of a field as text. */
  text(name: string): string | null {
    const value = this.fields.get(name)
    const first = Array.isArray(value) ? value[0] : value
    return typeof first === 'string' ? first : null
  }

  /** The rule's parameters: an object under its flat name, below nested names, or in a list. */
  get parameters(): unknown {
    const nested = ['kibana', 'alert', 'rule', 'parameters'].reduce<unknown>(member, this.source)
    const value = member(this.source, 'kibana.alert.rule.parameters') ?? nested
    return Array.isArray(value) ? (value as unknown[])[0] : value
  }

  info(): AlertInfo {
    const parameters = this.parameters
    return {
      id: this.id,
      index: this.index,
      time: this.text('@timestamp'),
      ruleName: this.text('kibana.alert.rule.name'),
      ruleUuid: this.text('kibana.alert.rule.uuid'),
      ruleType: this.text('kibana.alert.rule.type'),
      severity: this.text('kibana.alert.severity'),
      host: this.text('host.name'),
      command: this.text('process.command_line'),
      whole: this.whole,
      esql: member(parameters, 'language') === 'esql' && typeof member(parameters, 'query') === 'string'
    }
  }

  /** The rule, or why there is none. */
  rule(): { rule: Rule } | { problem: string } {
    const parameters = this.parameters
    if (typeof parameters !== 'object' || parameters === null)
      return { problem: 'The alert, as the page loaded it, does not carry its rule: open the alert in Kibana' }
    const rule = {
      ...parameters,
      name: this.text('kibana.alert.rule.name') ?? 'Rule of the alert',
      rule_id: this.text('kibana.alert.rule.rule_id'),
      interval: this.text('kibana.alert.rule.interval') ?? member(parameters, 'interval'),
      timestamp_override: this.text('kibana.alert.rule.timestamp_override') ?? member(parameters, 'timestamp_override')
    }
    const read = toRule({ rule, fallbackName: 'Rule of the alert', place: 'kibana.alert.rule.parameters' })
    if ('problem' in read) return { problem: read.problem.message }
    // Kibana keeps no retirement in an alert; the one retirement known here is of the rule the built-in one restates.
    const retired = read.rule.id === BUILT_IN_ORIGIN_ID ? BUILT_IN_RULE.retired : null
    return { rule: { ...read.rule, retired: read.rule.retired ?? retired } }
  }

  /** When the run that made the alert started (epoch milliseconds); null when it does not say. */
  runMillis(): number | null {
    for (const name of ['kibana.alert.intended_timestamp', 'kibana.alert.rule.execution.timestamp', '@timestamp']) {
      const millis = Date.parse(this.text(name) ?? '')
      if (!Number.isNaN(millis)) return millis
    }
    return null
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
