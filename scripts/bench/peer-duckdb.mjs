/**
 * One measured process of native DuckDB, one thread: `node peer-duckdb.mjs FILE WORKLOAD COMMON`. It is copied beside the
 * package it needs. Prints one JSON line: milliseconds of the statement (instance opened before), peak memory, rows.
 *
 * Each statement names the columns it needs with their types: DuckDB's fastest plain form.
 */
import { DuckDBInstance } from '@duckdb/node-api'

const [file, workload, common] = process.argv.slice(2)
const { SQL } = await import(common)
const source = (columns) => `read_json('${file}', format='newline_delimited', columns=${columns}, compression='uncompressed')`
const STATEMENTS = {
  seed: () => SQL.columns(file)[0],
  count: () => `SELECT process.name AS name, count(*)::INT AS n FROM ${source("{process:'STRUCT(name VARCHAR)'}")} GROUP BY ALL`,
  like: () =>
    `SELECT count(*)::INT AS n FROM ${source("{process:'STRUCT(command_line VARCHAR)'}")} WHERE process.command_line LIKE '%/dev/tcp/%'`
}

const database = await DuckDBInstance.create(':memory:', { threads: '1' })
const connection = await database.connect()
await connection.run('SET preserve_insertion_order=false')
const started = performance.now()
const reader = await connection.runAndReadAll(STATEMENTS[workload]())
const rows = reader.getRowObjectsJson()
const millis = performance.now() - started
console.log(JSON.stringify({ millis, peakMegabytes: process.resourceUsage().maxRSS / 1024, rows }))
