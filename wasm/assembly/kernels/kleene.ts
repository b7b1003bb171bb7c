/**
 * Three-valued logic on boolean columns: `values` u8 0 or 1, `nulls` u8 0 or 1 (1 = unknown; its value may be anything).
 *
 * In:   `count` rows a side, any alignment. Out: `outValues`, `outNulls`, count bytes each; the value of an unknown is 0.
 *       An output may be one of the inputs. Sixteen rows a step, the rest one by one; nothing behind the rows is touched.
 */

/** Unknown unless one side is false or both are known. */
export function kleeneAnd(
  aValues: usize,
  aNulls: usize,
  bValues: usize,
  bNulls: usize,
  count: usize,
  outValues: usize,
  outNulls: usize
): void {
  const one = i8x16.splat(1)
  let i: usize = 0
  for (; i + 16 <= count; i += 16) {
    const aNull = v128.load(aNulls + i)
    const bNull = v128.load(bNulls + i)
    const aTrue = v128.andnot(v128.load(aValues + i), aNull)
    const bTrue = v128.andnot(v128.load(bValues + i), bNull)
    const bothTrue = v128.and(aTrue, bTrue)
    // false: known and not true
    const someFalse = v128.or(v128.andnot(one, v128.or(aTrue, aNull)), v128.andnot(one, v128.or(bTrue, bNull)))
    v128.store(outValues + i, bothTrue)
    v128.store(outNulls + i, v128.andnot(one, v128.or(bothTrue, someFalse)))
  }
  for (; i < count; i++) {
    const aNull = load<u8>(aNulls + i)
    const bNull = load<u8>(bNulls + i)
    const aTrue = load<u8>(aValues + i) & ~aNull
    const bTrue = load<u8>(bValues + i) & ~bNull
    const someFalse = (1 & ~(aTrue | aNull)) | (1 & ~(bTrue | bNull))
    store<u8>(outValues + i, aTrue & bTrue)
    store<u8>(outNulls + i, 1 & ~((aTrue & bTrue) | someFalse))
  }
}

/** Unknown unless one side is true or both are known. */
export function kleeneOr(
  aValues: usize,
  aNulls: usize,
  bValues: usize,
  bNulls: usize,
  count: usize,
  outValues: usize,
  outNulls: usize
): void {
  let i: usize = 0
  for (; i + 16 <= count; i += 16) {
    const aNull = v128.load(aNulls + i)
    const bNull = v128.load(bNulls + i)
    const someTrue = v128.or(v128.andnot(v128.load(aValues + i), aNull), v128.andnot(v128.load(bValues + i), bNull))
    v128.store(outValues + i, someTrue)
    v128.store(outNulls + i, v128.andnot(v128.or(aNull, bNull), someTrue))
  }
  for (; i < count; i++) {
    const aNull = load<u8>(aNulls + i)
    const bNull = load<u8>(bNulls + i)
    const someTrue = (load<u8>(aValues + i) & ~aNull) | (load<u8>(bValues + i) & ~bNull)
    store<u8>(outValues + i, someTrue)
    store<u8>(outNulls + i, (aNull | bNull) & ~someTrue)
  }
}

/** Unknown stays unknown. */
export function kleeneNot(values: usize, nulls: usize, count: usize, outValues: usize, outNulls: usize): void {
  const one = i8x16.splat(1)
  let i: usize = 0
  for (; i + 16 <= count; i += 16) {
    const isNull = v128.load(nulls + i)
    v128.store(outValues + i, v128.andnot(one, v128.or(v128.load(values + i), isNull)))
    v128.store(outNulls + i, isNull)
  }
  for (; i < count; i++) {
    const isNull = load<u8>(nulls + i)
    store<u8>(outValues + i, 1 & ~(load<u8>(values + i) | isNull))
    store<u8>(outNulls + i, isNull)
  }
}
