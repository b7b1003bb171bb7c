/** The system calls that matter here, by machine: raw audit records carry numbers only. */

export type CallName =
  'execve' | 'execveat' | 'fork' | 'vfork' | 'clone' | 'clone3' | 'exit_group' | 'connect' | 'open' | 'openat'

type Numbers = Readonly<Record<number, CallName>>

/** Machines with the numbers every new one shares: aarch64, riscv64. */
const GENERIC: Numbers = {
  56: 'openat',
  94: 'exit_group',
  203: 'connect',
  220: 'clone',
  221: 'execve',
  281: 'execveat',
  435: 'clone3'
}
/** Numbers of the first Linux, which 32-bit machines and s390 kept. */
const FIRST: Numbers = { 2: 'fork', 5: 'open', 11: 'execve', 120: 'clone', 190: 'vfork', 435: 'clone3' }
const POWER: Numbers = {
  2: 'fork',
  5: 'open',
  11: 'execve',
  120: 'clone',
  189: 'vfork',
  234: 'exit_group',
  286: 'openat',
  328: 'connect',
  362: 'execveat',
  435: 'clone3'
}

const CALLS: Readonly<Record<string, Numbers>> = {
  // x86_64
  c000003e: {
    2: 'open',
    42: 'connect',
    56: 'clone',
    57: 'fork',
    58: 'vfork',
    59: 'execve',
    231: 'exit_group',
    257: 'openat',
    322: 'execveat',
    435: 'clone3'
  },
  // i386
  40000003: {
    ...FIRST,
    252: 'exit_group',
    295: 'openat',
    358: 'execveat',
    362: 'connect'
  },
  // arm
  40000028: {
    ...FIRST,
    248: 'exit_group',
    283: 'connect',
    322: 'openat',
    387: 'execveat'
  },
  // aarch64, riscv64
  c00000b7: GENERIC,
  c00000f3: GENERIC,
  // s390x
  80000016: {
    ...FIRST,
    248: 'exit_group',
    288: 'openat',
    354: 'execveat',
    362: 'connect'
  },
  // ppc64, ppc64le
  80000015: POWER,
  c0000015: POWER
}

/** Of the `arch` field: the machine is little-endian. */
const LITTLE_ENDIAN = 0x40000000

/** The call's name; the number as text where it is none of these. */
export function callName(arch: string | null, number: string): string {
  return CALLS[arch ?? '']?.[Number(number)] ?? number
}

/** Whether numbers of the machine stand with their low byte first. */
export function isLittleEndian(arch: string | null): boolean {
  const bits = Number.parseInt(arch ?? '', 16)
  return Number.isNaN(bits) || (bits & LITTLE_ENDIAN) !== 0
}
