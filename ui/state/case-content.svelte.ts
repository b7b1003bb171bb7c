/**
 * The app's state as a case, and a case as the app's state: the one place that knows both sides.
 *
 * `contentOf` reads everything reactively, so an effect around it runs whenever something worth keeping changed.
 * `applyContent` puts the analyst's own back before the files are opened, so that the first run is already the right one.
 */
import { SvelteMap } from 'svelte/reactivity'
import type { CaseData, CaseMark, CaseSettings } from '../format/case-format.ts'
import type { AppState } from './app-state.svelte.ts'
import { eventKey, eventPlace, type Mark } from './case-marks.svelte.ts'
import type { OnlyMarked } from './finding-list.svelte.ts'

export type CaseContent = Pick<CaseData, 'rules' | 'settings' | 'findings' | 'events' | 'steps' | 'history'>

const plain = ({ star, tags, note }: Mark): CaseMark => ({ star, tags: [...tags], note })

/** What is kept of the app now, but for what binds it to its files. */
export function contentOf(app: AppState): CaseContent {
  const { marks, desk } = app
  return {
    rules: [...app.analysis.ruleFiles],
    settings: settingsOf(app),
    findings: [...marks.findings].map(([key, mark]) => [key, plain(mark)]),
    events: [...marks.events].map(([key, mark]) => [eventPlace(key), plain(mark)]),
    steps: [...marks.steps].filter(([, own]) => own.size > 0).map(([key, own]) => [key, [...own]]),
    history: [...desk.history]
  }
}

function settingsOf({ analysis, list, ruleDesk, desk, keeper }: AppState): CaseSettings {
  const { rule, mode } = analysis
  return {
    rule: rule && !rule.builtIn ? { id: rule.id, name: rule.name } : null,
    mode,
    sort: list.sort,
    filter: list.filter,
    only: onlyText(list.only),
    ruleFilter: ruleDesk.search,
    query: desk.edited ? desk.text : '',
    limited: desk.limited,
    tables: keeper.tablePrints()
  }
}

const onlyText = (only: OnlyMarked) => (only === null ? null : only.by === 'tag' ? `tag ${only.tag}` : only.by)

function onlyOf(text: string | null): OnlyMarked {
  if (text === 'star' || text === 'note') return { by: text }
  return text?.startsWith('tag ') ? { by: 'tag', tag: text.slice(4) } : null
}

/** Puts a case's content into the app. What is there already stays, unless `over` says that the case wins. */
export async function applyContent(app: AppState, content: CaseContent, over: boolean): Promise<void> {
  const { marks, desk, list, ruleDesk, analysis } = app
  const put = <Value>(map: SvelteMap<string, Value>, key: string, value: Value) => (over || !map.has(key)) && map.set(key, value)
  for (const [key, mark] of content.findings) put(marks.findings, key, mark)
  for (const [place, mark] of content.events) put(marks.events, eventKey(place), mark)
  for (const [key, own] of content.steps) {
    const known = marks.stepsOf(key)
    for (const [step, mark] of own) put(known, step, mark)
  }
  const known = new Set(desk.history.map(({ text }) => text))
  desk.history = [...desk.history, ...content.history.filter(({ text }) => !known.has(text))]
  if (!over) return
  const { settings } = content
  await analysis.restoreRules(content.rules)
  const rule =
    settings.rule &&
    analysis.rules.find(
      ({ id, name, builtIn }) =>
        !builtIn && (settings.rule!.id !== null ? id === settings.rule!.id : name === settings.rule!.name)
    )
  if (rule) analysis.ruleKey = rule.key
  analysis.mode = settings.mode
  list.sort = settings.sort
  list.filter = settings.filter
  list.only = onlyOf(settings.only)
  ruleDesk.search = settings.ruleFilter
  if (settings.query !== '') desk.text = settings.query
  desk.limited = settings.limited
}

/** Takes everything of the analyst's out of the app; rules that were added stay. */
export function forgetContent({ marks, desk, list, ruleDesk }: AppState): void {
  marks.clear()
  desk.history = []
  list.filter = ''
  list.only = null
  ruleDesk.search = ''
}
