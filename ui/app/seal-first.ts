/** The first script of every page, built to a file of its own: nothing runs before the page is sealed. */
import { sealPage } from './seal.ts'

sealPage(window)
