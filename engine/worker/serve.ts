/**
 * The worker's half of the RPC: exposes an EngineApi over comlink.
 *
 * In:  a promise of the engine, so that calls made while the kernels load simply wait.
 * Out: the same calls; what they throw leaves as a plain EngineFailure.
 * Holds: handlers are called without waiting for the page, and their proxies are released when the call ends.
 */
import { expose, releaseProxy } from 'comlink'
import type { Remote } from 'comlink'
import type { EngineApi, EngineFailure, RunHandlers } from './api.ts'
import { asFailure } from './failure.ts'

type ProgressHandlers = Pick<RunHandlers, 'progress'>
type RemoteHandlers = Remote<Required<RunHandlers>>

/** Serves `loading` on this worker's port; `failureOf` knows the kinds of error the engine throws. */
export function serveEngine(loading: Promise<EngineApi>, failureOf: (error: unknown) => EngineFailure = asFailure): void {
  // A failed load is told to every call; without this line it would also surface as an unhandled rejection.
  loading.catch(() => undefined)
  expose(engineServer(loading, failureOf))
}

/** The api as it is exposed; separate from the port so that it can be tested without a worker. */
export function engineServer(loading: Promise<EngineApi>, failureOf: (error: unknown) => EngineFailure = asFailure): EngineApi {
  const call = async <Answer>(work: (api: EngineApi) => Promise<Answer>): Promise<Answer> => {
    try {
      return await work(await loading)
    } catch (error) {
      throw failureOf(error)
    }
  }
  const scan = async <Answer>(
    handlers: ProgressHandlers,
    work: (api: EngineApi, local: RunHandlers) => Promise<Answer>
  ): Promise<Answer> => {
    const remote = handlers as unknown as RemoteHandlers
    try {
      return await call((api) => work(api, unawaited(remote)))
    } finally {
      remote[releaseProxy]?.()
    }
  }
  return {
    addInputs: (files) => call((api) => api.addInputs(files)),
    clearInputs: () => call((api) => api.clearInputs()),
    hashInputs: (handlers) => scan(handlers, (api, local) => api.hashInputs(local)),
    pauseHashing: () => call((api) => api.pauseHashing()),
    addLookup: (name, file, matchField) => call((api) => api.addLookup(name, file, matchField)),
    removeLookup: (name) => call((api) => api.removeLookup(name)),
    listRules: () => call((api) => api.listRules()),
    addRules: (fileName, text) => call((api) => api.addRules(fileName, text)),
    addRulePack: (files) => call((api) => api.addRulePack(files)),
    run: (request, handlers) => scan(handlers, (api, local) => api.run(request, local)),
    runRules: (request, handlers) => scan(handlers, (api, local) => api.runRules(request, local)),
    result: (runKey) => call((api) => api.result(runKey)),
    query: (text, handlers) => scan(handlers, (api, local) => api.query(text, local)),
    missing: (query) => call((api) => api.missing(query)),
    holdQuery: (text, request, handlers) => scan(handlers, (api, local) => api.holdQuery(text, request, local)),
    resultRows: (resultKey, from, to) => call((api) => api.resultRows(resultKey, from, to)),
    resultCell: (resultKey, row, column) => call((api) => api.resultCell(resultKey, row, column)),
    resultSources: (resultKey, row) => call((api) => api.resultSources(resultKey, row)),
    sortResult: (resultKey, by) => call((api) => api.sortResult(resultKey, by)),
    hear: (head, bytes) => call((api) => api.hear(head, bytes)),
    liveSummary: () => call((api) => api.liveSummary()),
    alertCase: (id) => call((api) => api.alertCase(id)),
    candidates: (id) => call((api) => api.candidates(id)),
    refreshLive: () => call((api) => api.refreshLive()),
    notLoaded: (query) => call((api) => api.notLoaded(query)),
    liveSnapshot: () => call((api) => api.liveSnapshot()),
    restoreLive: (snapshot) => call((api) => api.restoreLive(snapshot)),
    describeLanguage: () => call((api) => api.describeLanguage()),
    describeData: () => call((api) => api.describeData()),
    checkQuery: (text) => call((api) => api.checkQuery(text)),
    columnsBehind: (text) => call((api) => api.columnsBehind(text)),
    topValues: (field) => call((api) => api.topValues(field)),
    cancel: () => call((api) => api.cancel()),
    readEvents: (sources) => call((api) => api.readEvents(sources)),
    explain: (runKey, source) => call((api) => api.explain(runKey, source)),
    rarity: (runKey, handlers) => scan(handlers, (api, local) => api.rarity(runKey, local)),
    nearMisses: (runKey, handlers) => scan(handlers, (api, local) => api.nearMisses(runKey, local)),
    steps: (runKey, findingId) => call((api) => api.steps(runKey, findingId)),
    redactionPreview: (request, handlers) => scan(handlers, (api, local) => api.redactionPreview(request, local)),
    redactTexts: (texts, choice) => call((api) => api.redactTexts(texts, choice)),
    reducedData: (request, handlers) => scan(handlers, (api, local) => api.reducedData(request, local)),
    lint: (subject) => call((api) => api.lint(subject)),
    lintChecks: () => call((api) => api.lintChecks())
  }
}

/** Handlers that post and go on: the scan must not wait for the page to paint. */
function unawaited(remote: RemoteHandlers): Required<RunHandlers> {
  const ignore = () => undefined
  return {
    progress: (progress) => void Promise.resolve(remote.progress(progress)).catch(ignore),
    partial: (findings) => void Promise.resolve(remote.partial(findings)).catch(ignore)
  }
}
