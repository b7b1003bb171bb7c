/** A scanner that hands on batches of a few rows, so that every operator meets its borders. */
import { type Batch, gatherBatch } from '../../engine/data/batch.ts'
import { InputScanner } from '../../engine/session/input-scanner.ts'
import type { BatchSink } from '../../engine/source/scan-request.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'

export class SmallBatches extends InputScanner {
  constructor(
    inputs: ConstructorParameters<typeof InputScanner>[0],
    private readonly batchRows: number,
    fieldTypes: ConstructorParameters<typeof InputScanner>[2] = null
  ) {
    super(inputs, { aborted: false }, fieldTypes)
  }

  override scan(
    job: Parameters<InputScanner['scan']>[0],
    sink: BatchSink,
    ...rest: [Kernels, Parameters<InputScanner['scan']>[3]]
  ) {
    const push = (batch: Batch) => {
      if (batch.rowCount <= this.batchRows) return sink.push(batch)
      for (let start = 0; start < batch.rowCount; start += this.batchRows) {
        const rows = Int32Array.from({ length: Math.min(this.batchRows, batch.rowCount - start) }, (_, i) => start + i)
        if (sink.push(gatherBatch(batch, rows)) === 'done') return 'done'
      }
      return 'more'
    }
    return super.scan(job, { push }, ...rest)
  }
}
