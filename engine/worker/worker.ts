/**
 * The worker: compiles the kernels it carries once, and serves a session over the page's files.
 *
 * The session speaks of bytes that can be read from any place; here they come from Blobs. What it throws is given the
 * kind the page tells apart.
 */
import './seal.ts'
import kernelBytes from '../../wasm/build/kernels.wasm?bytes'
import { compileKernels } from '../../wasm/host/load.ts'
import { instantiateKernels } from '../../wasm/host/kernels.ts'
import { QueryError } from '../session/prepare.ts'
import { describeLanguage } from '../session/language-description.ts'
import { CancelledError } from '../session/cancelled.ts'
import { Session } from '../session/session.ts'
import { SourceError } from '../source/bytes.ts'
import { blobBytes } from '../source/hosts/blob-bytes.ts'
import type { EngineApi, EngineFailure } from './api.ts'
import { asFailure } from './failure.ts'
import { serveEngine } from './serve.ts'

async function startSession(): Promise<EngineApi> {
  const module = await compileKernels(kernelBytes)
  const session = new Session({ createKernels: () => instantiateKernels(module) })
  const started = () => performance.now()
  return {
    addInputs: (files) => session.addInputs(files.map(({ name, blob }) => blobBytes(name, blob))),
    clearInputs: async () => session.clearInputs(),
    hashInputs: (handlers) => session.hashes.run(staged('hashing the files', started(), handlers)),
    pauseHashing: async () => session.hashes.pause(),
    addLookup: (name, file, matchField) => session.lookups.add(name, blobBytes(file.name, file.blob), matchField ?? null),
    removeLookup: async (name) => session.lookups.remove(name),
    listRules: async () => session.rules.list(),
    addRules: async (fileName, text) => session.rules.addFile(fileName, text),
    addRulePack: async (files) => session.rules.addPack(files),
    run: (request, handlers) => session.run(request, handlers),
    runRules: (request, handlers) => session.runRules(request, handlers),
    result: async (runKey) => session.result(runKey),
    query: (text, handlers) => session.query(text, handlers),
    missing: (query) => session.missing(query),
    holdQuery: (text, request, handlers) => session.hold(text, request, handlers),
    resultRows: async (resultKey, from, to) => session.results.page(resultKey, from, to),
    resultCell: async (resultKey, row, column) => session.results.cell(resultKey, row, column),
    resultSources: async (resultKey, row) => session.results.sources(resultKey, row),
    sortResult: async (resultKey, by) => session.results.sort(resultKey, by),
    hear: (head, bytes) => session.live.hear(head, bytes),
    liveSummary: async () => session.live.summary(),
    alertCase: (id) => session.live.alert(id),
    candidates: (id) => session.candidates(id),
    refreshLive: () => session.refreshLive(),
    notLoaded: (query) => session.notLoaded(query),
    liveSnapshot: async () => session.live.store.snapshot(),
    restoreLive: async (snapshot) => session.live.store.restore(snapshot),
    describeLanguage: async () => describeLanguage(),
    describeData: () => session.help.describeData(),
    checkQuery: (text) => session.help.check(text),
    columnsBehind: (text) => session.help.columnsBehind(text),
    topValues: (field) => session.help.topValues(field),
    cancel: async () => session.cancel(),
    readEvents: (sources) => session.readEvents(sources),
    explain: (runKey, source) => session.explain(runKey, source),
    rarity: (runKey, handlers) => session.rarity(runKey, staged('counting rarity', started(), handlers)),
    nearMisses: (runKey, handlers) => session.nearMisses(runKey, staged('looking for near misses', started(), handlers)),
    steps: (runKey, findingId) => session.steps(runKey, findingId),
    redactionPreview: (request, handlers) => session.handOver.preview(request, staged('reading the events', started(), handlers)),
    redactTexts: async (texts, choice) => session.handOver.redactTexts(texts, choice),
    reducedData: (request, handlers) => session.handOver.reducedData(request, staged('reading the events', started(), handlers)),
    lint: async (subject) => session.rules.lint(subject),
    lintChecks: async () => session.rules.lintChecks()
  }
}

/** A pass that reports bare progress, told with its stage and time. */
function staged(
  stage: string,
  startedMillis: number,
  handlers: Parameters<EngineApi['rarity']>[1]
): Parameters<Session['rarity']>[1] {
  return (progress) => handlers.progress({ ...progress, stage, elapsedMillis: performance.now() - startedMillis })
}

function failureOf(error: unknown): EngineFailure {
  if (error instanceof QueryError) return { kind: 'query', message: '', diagnostics: error.diagnostics }
  if (error instanceof CancelledError) return { kind: 'cancelled', message: '', diagnostics: [] }
  if (error instanceof SourceError) return { kind: 'source', message: error.message, diagnostics: [] }
  return asFailure(error)
}

serveEngine(startSession(), failureOf)
