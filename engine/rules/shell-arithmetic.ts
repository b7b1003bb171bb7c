/**
 * Integer arithmetic as a shell does it in `$((...))`: 64 bits that wrap, decimal, `0x` and `0` octal numbers, `base#digits`,
 * + - * / % ** << >> & ^ | ~ and parentheses. No variables, nothing assigned. In: untrusted text. Out: the value, or null.
 */
const MAX_DEPTH = 50
const TOKENS = /0[xX][0-9a-fA-F]{1,16}|\d{1,2}#[0-9A-Za-z]{1,20}|\d{1,19}|\*\*|<<|>>|[-+*/%&^|~()]|\S/g

/** From loosest to tightest; all but the power group from the left. */
const LEVELS: readonly ReadonlySet<string>[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '%']].map(
  (operators) => new Set(operators)
)

const wrap = (value: bigint) => BigInt.asIntN(64, value)

const APPLY: ReadonlyMap<string, (a: bigint, b: bigint) => bigint | null> = new Map([
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => (b === 0n ? null : a / b)],
  ['%', (a, b) => (b === 0n ? null : a % b)],
  ['&', (a, b) => a & b],
  ['^', (a, b) => a ^ b],
  ['|', (a, b) => a | b],
  ['<<', (a, b) => a << (b & 63n)],
  ['>>', (a, b) => a >> (b & 63n)],
  ['**', (a, b) => (b < 0n || b > 64n ? null : a ** b)]
])

/** The value of an expression; null for anything that is not plain arithmetic. */
export function shellArithmetic(text: string): bigint | null {
  const reader = new Reader(text.match(TOKENS) ?? [])
  const value = reader.level(0, 0)
  return reader.atEnd ? value : null
}

class Reader {
  private at = 0

  constructor(private readonly tokens: readonly string[]) {}

  get atEnd(): boolean {
    return this.at === this.tokens.length
  }

  level(index: number, depth: number): bigint | null {
    const operators = LEVELS[index]
    if (!operators) return this.power(depth)
    let value = this.level(index + 1, depth)
    while (value !== null && !this.atEnd && operators.has(this.tokens[this.at]!)) {
      const operator = this.tokens[this.at++]!
      value = apply(operator, value, this.level(index + 1, depth))
    }
    return value
  }

  private power(depth: number): bigint | null {
    const base = this.unary(depth)
    if (base === null || this.tokens[this.at] !== '**' || depth > MAX_DEPTH) return base
    this.at++
    return apply('**', base, this.power(depth + 1))
  }

  private unary(depth: number): bigint | null {
    const token = this.tokens[this.at++]
    if (token === undefined || depth > MAX_DEPTH) return null
    if (token === '(') {
      const value = this.level(0, depth + 1)
      return this.tokens[this.at++] === ')' ? value : null
    }
    const sign = SIGNS.get(token)
    if (!sign) return numberOf(token)
    const value = this.unary(depth + 1)
    return value === null ? null : wrap(sign(value))
  }
}

const SIGNS: ReadonlyMap<string, (value: bigint) => bigint> = new Map([
  ['-', (value) => -value],
  ['+', (value) => value],
  ['~', (value) => ~value]
])

function apply(operator: string, left: bigint, right: bigint | null): bigint | null {
  const value = right === null ? null : APPLY.get(operator)!(left, right)
  return value === null ? null : wrap(value)
}

function numberOf(token: string): bigint | null {
  if (/^0[xX]/.test(token)) return wrap(BigInt(token))
  if (/^0[0-7]+$/.test(token)) return wrap(BigInt(`0o${token.slice(1)}`))
  if (/^\d+$/.test(token)) return wrap(BigInt(token))
  const based = /^(\d{1,2})#([0-9A-Za-z]+)$/.exec(token)
  return based ? inBase(Number(based[1]), based[2]!) : null
}

/** Digits 0-9, a-z, A-Z as in a shell; up to base 36 the case of a letter says nothing. */
function inBase(base: number, digits: string): bigint | null {
  if (base < 2 || base > 62) return null
  let value = 0n
  for (const digit of base <= 36 ? digits.toLowerCase() : digits) {
    const worth = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(digit)
    if (worth >= base) return null
    value = value * BigInt(base) + BigInt(worth)
  }
  return wrap(value)
}
