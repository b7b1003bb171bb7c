/** Vitest global setup: builds the terminal program when what it is made of changed. */
// @ts-expect-error a plain script without types
import { buildTerminalWhenStale } from '../../scripts/build-when-stale.mjs'

let building: Promise<boolean> | undefined

export default async function setup(): Promise<void> {
  building ??= buildTerminalWhenStale() as Promise<boolean>
  await building
}
