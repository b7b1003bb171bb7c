/**
 * What is known of the fields of the loaded data: types from a sample of its head, presence from a count of all of it. Small data
 * is counted whole at once; larger data in the background, and until that is done the sample answers for the fields it saw.
 */
import type { OpenedInput } from '../source/open-input.ts'
import { openRecordReader } from '../source/readers/open-record-reader.ts'
import { fieldPresence, sampleInputs, type SchemaSample } from '../source/schema-sample.ts'
import { decompressedTotal } from './input-scanner.ts'
import type { Jobs } from './jobs.ts'
import type { KnownPresence } from './step-context.ts'

/** Data up to this size is counted whole before anything is said of its fields. */
const COUNTED_AT_ONCE = 8 * 1024 * 1024

export class FieldSurvey {
  private sampling: Promise<SchemaSample> | null = null
  private counting: Promise<KnownPresence> | null = null
  private counted: KnownPresence | null = null

  constructor(
    private readonly inputs: () => readonly OpenedInput[],
    private readonly jobs: Jobs
  ) {}

  /** The inputs have changed. */
  forget(): void {
    this.sampling = null
    this.counting = null
    this.counted = null
  }

  /** Types and presence of fields in the head of the data; read once. */
  sample(): Promise<SchemaSample> {
    this.sampling ??= sampleInputs(this.inputs(), { openRecordReader, signal: { aborted: false } })
    return this.sampling
  }

  /** Which fields the data has; begins to count them where nobody has. */
  presence(): Promise<KnownPresence> {
    this.counting ??= this.count()
    return this.isSmall ? this.counting : this.soFar()
  }

  /** What is known without a pass over large data. */
  known(): Promise<KnownPresence> {
    return this.isSmall ? this.presence() : this.soFar()
  }

  /** Whether `presence` answers without a further pass over much data. */
  get answersAtOnce(): boolean {
    return this.counted !== null || this.isSmall
  }

  private get isSmall(): boolean {
    return (decompressedTotal(this.inputs()) ?? Infinity) <= COUNTED_AT_ONCE
  }

  private async soFar(): Promise<KnownPresence> {
    return this.counted ?? { fields: await this.sample(), complete: false }
  }

  private count(): Promise<KnownPresence> {
    const inputs = this.inputs()
    return this.jobs.run(async (signal) => {
      const fields = await fieldPresence(inputs, { openRecordReader, signal })
      const known = { fields, complete: !signal.aborted }
      if (inputs === this.inputs() && known.complete) this.counted = known
      // A count that was cancelled is begun anew when somebody asks again.
      else if (inputs === this.inputs()) this.counting = null
      return known
    })
  }
}
