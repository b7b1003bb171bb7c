/** Texts that are the same in another language: names, symbols, and words both languages write alike. */
import type { Language } from '../../../ui/text/language.ts'
import type { TextKey } from '../../../ui/text/text.ts'

type Lists = Record<'everywhere' | Exclude<Language, 'en'>, readonly TextKey[]>

export const SAME_AS_ENGLISH: Lists = {
  everywhere: [
    'app.name',
    'progress.bytes.open',
    'progress.percent',
    'list.export.json',
    'list.export.csv',
    'list.export.markdown',
    'rule.techniques',
    'problem.place',
    'listen.version',
    'heard.view.timeline',
    'heard.view.discover',
    'heard.view.esql',
    'get.auditd',
    'report.format.csv',
    'report.format.json',
    'report.format.markdown',
    'report.input.hash'
  ],
  de: [
    'finding.hosts',
    'finding.in',
    'heard.view.document',
    'kept.of',
    'paste.label',
    'prove.channel.iframe',
    'prove.channel.prefetch',
    'prove.channel.preload',
    'prove.channel.video',
    'report.format',
    'report.input.name',
    'report.input.size',
    'query.took',
    'summary.input.name',
    'summary.skipped.byte'
  ],
  fr: [
    'prove.channel.image',
    'prove.channel.prefetch',
    'prove.channel.preload',
    'prove.channel.script',
    'report.mode',
    'report.rarity.bits',
    'report.mark.note',
    'report.rule.version',
    'report.format',
    'redaction.class.secret',
    'kept.notes.one',
    'kept.notes.other',
    'mark.note',
    'mark.note.add',
    'documents.one',
    'documents.other',
    'finding.parent',
    'rarity.unit',
    'step.note'
  ],
  es: [
    'prove.channel.prefetch',
    'prove.channel.preload',
    'prove.channel.script',
    'report.rarity.bits',
    'report.input.size',
    'redaction.class.host',
    'kept.of',
    'finding.hosts',
    'problem.error',
    'rarity.unit',
    'summary.skipped.byte'
  ],
  ja: ['kept.of']
}
