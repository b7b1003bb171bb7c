/** A cell as it is shown: dates are ISO text, 64-bit integers bigint, multi-values arrays. */
export type CellValue = null | boolean | number | bigint | string | readonly (boolean | number | bigint | string)[]
