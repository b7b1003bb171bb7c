/**
 * Draws the extension's icons: ticks of a rarity bar, one of them rare. Writes PNG with nothing but zlib.
 *
 *   node scripts/make-icons.mjs
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'

const INK = [31, 34, 40]
const COMMON = [176, 180, 186]
const RARE = [255, 138, 76]
const SAMPLES = 4

/** Ticks on a grid of 16: left edge, top, bottom, colour. */
const TICKS = [
  [2.4, 8.5, 13, COMMON],
  [4.9, 8.5, 13, COMMON],
  [7.4, 8.5, 13, COMMON],
  [9.9, 3, 13, RARE],
  [12.4, 8.5, 13, COMMON]
]
const TICK_WIDTH = 1.5
const CORNER = 3

/** Colour and cover at a point of the grid. */
function colourAt(x, y) {
  const dx = Math.max(CORNER - x, x - (16 - CORNER), 0)
  const dy = Math.max(CORNER - y, y - (16 - CORNER), 0)
  if (dx * dx + dy * dy > CORNER * CORNER) return null
  for (const [left, top, bottom, colour] of TICKS) {
    if (x >= left && x < left + TICK_WIDTH && y >= top && y < bottom) return colour
  }
  return INK
}

function pixel(size, column, row) {
  const sum = [0, 0, 0]
  let covered = 0
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
    const x = ((column + ((sample % SAMPLES) + 0.5) / SAMPLES) * 16) / size
    const y = ((row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) * 16) / size
    const colour = colourAt(x, y)
    if (!colour) continue
    covered++
    colour.forEach((part, index) => (sum[index] += part))
  }
  return [...sum.map((part) => (covered ? Math.round(part / covered) : 0)), Math.round((covered / SAMPLES ** 2) * 255)]
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(data.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32 ? crc32(body) : crcOf(body), body.length + 4)
  return frame
}

/** node:zlib has crc32 only from 20.15 on. */
function crcOf(bytes) {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ -1) >>> 0
}

/** An icon of `size` pixels as PNG. */
export function drawIcon(size) {
  const rows = Array.from({ length: size }, (_, row) => [
    0,
    ...Array.from({ length: size }, (_, column) => pixel(size, column, row)).flat()
  ])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0))
  ])
}

const folder = new URL('../extension/icons/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const size of [16, 32, 48, 128]) writeFileSync(new URL(`${size}.png`, folder), drawIcon(size))
