/** Drops files on a page, as a person does from the desktop. */
import type { Page } from 'playwright'

export interface DroppedFile {
  name: string
  text: string
}

export function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  return page.evaluate((dropped) => {
    const transfer = new DataTransfer()
    for (const { name, text } of dropped) transfer.items.add(new File([text], name))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  }, files)
}
