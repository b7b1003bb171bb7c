/** The language layer: text to tokens, tokens to a tree, a tree to text. It knows nothing of data or of execution. */
export type * from './ast.ts'
export { COMMANDS, PROCESSING_COMMANDS, SOURCE_COMMANDS } from './commands.ts'
export { MAX_EXPRESSION_DEPTH, MAX_STATEMENT_LENGTH } from './errors.ts'
export { tokenize, type TokenizeResult } from './lexer.ts'
export { outputName } from './output-name.ts'
export { parseExpression, parseQuery, type ParseResult } from './parser.ts'
export { printCommand, printExpression, printQuery } from './printer.ts'
export { EXPRESSION_KEYWORDS, isIdentifier, type Token, type TokenKind } from './token.ts'
