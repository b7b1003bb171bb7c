/**
 * matchDfa: runs one automaton over many byte strings.
 *
 * In:   a Dfa as engine/data/automaton-memory.ts lays it (4-byte aligned); `pointers`, `lengths`: count u32 each.
 * Out:  `verdicts`: count bytes, 1 accepted, 0 not. Allocates nothing, reads no byte behind a string.
 * How:  a step waits for the load of the step before it, so four strings run side by side, and a lane that is done takes
 *       the next string. Lanes are looked at every STEPS bytes only: running on in a sink changes nothing. The first PROBE
 *       bytes are run before a string gets a lane, since many a pattern is decided by them (without that: 0.8x of the twin).
 */
const LANES: u32 = 4
const STEPS: usize = 16
const PROBE: usize = 4

/** A string under way; `at == end` when nothing is left of it. */
@unmanaged
class Lane {
  at: usize = 0
  end: usize = 0
  row: usize = 0
  index: u32 = 0
}

const LANE_BYTES: usize = 16
/** Index of a lane without a string. */
const NONE: u32 = 0xffffffff
const lanes: usize = memory.data(64, 16)

/** Writes to `verdicts` whether the automaton accepts each of the strings. */
export function matchDfa(dfa: usize, pointers: usize, lengths: usize, count: u32, verdicts: usize): void {
  const sinkOffset: usize = load<u32>(dfa, 12)
  const accepting = dfa + 288 + load<u32>(dfa, 8) - 4
  let taken: u32 = 0
  let running: u32 = 0
  while (running < LANES) {
    taken = enterLane(laneAt(running), dfa, pointers, lengths, taken, count, verdicts)
    if (laneAt(running).index == NONE) break
    running++
  }
  while (running == LANES) {
    stepLanes(dfa)
    for (let i: u32 = 0; i < running; i++) {
      const lane = laneAt(i)
      if (lane.at < lane.end && lane.row < sinkOffset) continue
      store<u8>(verdicts + lane.index, load<u32>(accepting + lane.row))
      taken = enterLane(lane, dfa, pointers, lengths, taken, count, verdicts)
      if (lane.index != NONE) continue
      // the strings are out: the last lane moves here, and the three that are left run alone
      memory.copy(changetype<usize>(lane), changetype<usize>(laneAt(--running)), LANE_BYTES)
      break
    }
  }
  for (let i: u32 = 0; i < running; i++) {
    const lane = laneAt(i)
    store<u8>(verdicts + lane.index, load<u32>(accepting + run(dfa, lane.row, lane.at, lane.end)))
  }
}

function laneAt(i: usize): Lane {
  return changetype<Lane>(lanes + i * LANE_BYTES)
}

/**
 * Puts the next string into a lane that its first bytes do not decide, and answers the number of strings taken so far; those
 * that are decided get their verdict here. The lane's index is NONE when there is no further string.
 */
function enterLane(lane: Lane, dfa: usize, pointers: usize, lengths: usize, taken: u32, count: u32, verdicts: usize): u32 {
  const sinkOffset: usize = load<u32>(dfa, 12)
  const start: usize = load<u32>(dfa, 16)
  const accepting = dfa + 288 + load<u32>(dfa, 8) - 4
  for (; taken < count; taken++) {
    const at: usize = load<u32>(pointers + (taken << 2))
    const end = at + load<u32>(lengths + (taken << 2))
    const probed = min(at + PROBE, end)
    const row = run(dfa, start, at, probed)
    if (probed < end && row < sinkOffset) {
      lane.at = probed
      lane.end = end
      lane.row = row
      lane.index = taken
      return taken + 1
    }
    store<u8>(verdicts + taken, load<u32>(accepting + row))
  }
  lane.index = NONE
  return taken
}

/** Moves all lanes on by the same number of bytes: what the shortest has left, at most STEPS. */
function stepLanes(dfa: usize): void {
  const a = laneAt(0)
  const b = laneAt(1)
  const c = laneAt(2)
  const d = laneAt(3)
  const steps = min(STEPS, min(min(a.end - a.at, b.end - b.at), min(c.end - c.at, d.end - d.at)))
  const classes = dfa + 32
  const rows = dfa + 288
  let rowA = a.row
  let rowB = b.row
  let rowC = c.row
  let rowD = d.row
  for (let i: usize = 0; i < steps; i++) {
    rowA = load<u32>(rows + rowA + ((<usize>load<u8>(classes + load<u8>(a.at + i))) << 2))
    rowB = load<u32>(rows + rowB + ((<usize>load<u8>(classes + load<u8>(b.at + i))) << 2))
    rowC = load<u32>(rows + rowC + ((<usize>load<u8>(classes + load<u8>(c.at + i))) << 2))
    rowD = load<u32>(rows + rowD + ((<usize>load<u8>(classes + load<u8>(d.at + i))) << 2))
  }
  advance(a, rowA, steps)
  advance(b, rowB, steps)
  advance(c, rowC, steps)
  advance(d, rowD, steps)
}

function advance(lane: Lane, row: usize, steps: usize): void {
  lane.row = row
  lane.at += steps
}

/** Runs from `at` to `end` or into a sink; the row it ends in. */
function run(dfa: usize, row: usize, at: usize, end: usize): usize {
  const sinkOffset: usize = load<u32>(dfa, 12)
  const classes = dfa + 32
  const rows = dfa + 288
  for (; at < end && row < sinkOffset; at++) row = load<u32>(rows + row + ((<usize>load<u8>(classes + load<u8>(at))) << 2))
  return row
}
