/**
 * The page's half of the RPC: an EngineApi whose work happens in a worker.
 *
 * Holds: every call settles. When the worker dies, pending and later calls reject with a fault instead of hanging.
 * Rejections are always plain EngineFailure objects.
 */
import { proxy, releaseProxy, transfer, wrap } from 'comlink'
import type { CellValue, EngineApi, RunHandlers } from './api.ts'
import { asFailure } from './failure.ts'

/** An engine in a worker; `close` ends the worker and gives its memory back. */
export interface EngineClient extends EngineApi {
  close(): void
}

/** Speaks to an engine that `serveEngine` serves in `worker`. */
export function connectEngine(worker: globalThis.Worker): EngineClient {
  const remote = wrap<EngineApi>(worker)
  let die: (reason: unknown) => void = () => undefined
  const death = new Promise<never>((_, reject) => (die = reject))
  death.catch(() => undefined)
  worker.addEventListener('error', (event) => die(new Error(event.message || 'the engine could not be started')))
  worker.addEventListener('messageerror', () => die(new Error('an answer of the engine could not be read')))

  const settle = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await Promise.race([answer, death])
    } catch (error) {
      throw asFailure(error)
    }
  }
  // A proxied object answers to every name, so both handlers are always there.
  const shared = ({ progress, partial }: RunHandlers) => proxy({ progress, partial: partial ?? (() => undefined) })

  return {
    addInputs: (files) => settle(remote.addInputs(files)),
    clearInputs: () => settle(remote.clearInputs()),
    hashInputs: (handlers) => settle(remote.hashInputs(shared(handlers))),
    pauseHashing: () => settle(remote.pauseHashing()),
    addLookup: (name, file, matchField) => settle(remote.addLookup(name, file, matchField)),
    removeLookup: (name) => settle(remote.removeLookup(name)),
    listRules: () => settle(remote.listRules()),
    addRules: (fileName, text) => settle(remote.addRules(fileName, text)),
    addRulePack: (files) => settle(remote.addRulePack(files)),
    run: (request, handlers) => settle(remote.run(request, shared(handlers))),
    runRules: (request, handlers) => settle(remote.runRules(request, shared(handlers))),
    result: (runKey) => settle(remote.result(runKey)),
    query: (text, handlers) => settle(remote.query(text, shared(handlers))),
    missing: (query) => settle(remote.missing(query)),
    holdQuery: (text, request, handlers) => settle(remote.holdQuery(text, request, shared(handlers))),
    resultRows: (resultKey, from, to) => settle(remote.resultRows(resultKey, from, to)),
    resultCell: (resultKey, row, column) => settle<CellValue>(remote.resultCell(resultKey, row, column) as Promise<CellValue>),
    resultSources: (resultKey, row) => settle(remote.resultSources(resultKey, row)),
    sortResult: (resultKey, by) => settle(remote.sortResult(resultKey, by)),
    hear: (head, bytes) => settle(remote.hear(head, transfer(bytes, [bytes.buffer as ArrayBuffer]))),
    liveSummary: () => settle(remote.liveSummary()),
    alertCase: (id) => settle(remote.alertCase(id)),
    candidates: (id) => settle(remote.candidates(id)),
    refreshLive: () => settle(remote.refreshLive()),
    notLoaded: (query) => settle(remote.notLoaded(query)),
    liveSnapshot: () => settle(remote.liveSnapshot()),
    restoreLive: (snapshot) => settle(remote.restoreLive(snapshot)),
    describeLanguage: () => settle(remote.describeLanguage()),
    describeData: () => settle(remote.describeData()),
    checkQuery: (text) => settle(remote.checkQuery(text)),
    columnsBehind: (text) => settle(remote.columnsBehind(text)),
    topValues: (field) => settle(remote.topValues(field)),
    cancel: () => settle(remote.cancel()),
    readEvents: (sources) => settle(remote.readEvents(sources)),
    explain: (runKey, source) => settle(remote.explain(runKey, source)),
    rarity: (runKey, handlers) => settle(remote.rarity(runKey, shared(handlers))),
    nearMisses: (runKey, handlers) => settle(remote.nearMisses(runKey, shared(handlers))),
    steps: (runKey, findingId) => settle(remote.steps(runKey, findingId)),
    redactionPreview: (request, handlers) => settle(remote.redactionPreview(request, shared(handlers))),
    redactTexts: (texts, choice) => settle(remote.redactTexts(texts, choice)),
    reducedData: (request, handlers) => settle(remote.reducedData(request, shared(handlers))),
    lint: (subject) => settle(remote.lint(subject)),
    lintChecks: () => settle(remote.lintChecks()),
    close() {
      die(new Error('the engine was closed'))
      remote[releaseProxy]()
      worker.terminate()
    }
  }
}
