/**
 * Navigation: which view is shown and how deep the analyst has gone. Narrow windows show one depth at a time, wide ones
 * several side by side; the state is the same, the style sheet decides.
 */
export type View = 'alert' | 'findings' | 'rules' | 'query' | 'prove'
export type Depth = 'list' | 'finding' | 'evidence'
export type EvidenceTab = 'events' | 'steps' | 'near'

export class Navigation {
  view = $state<View>('findings')
  depth = $state<Depth>('list')
  tab = $state<EvidenceTab>('events')
  dialog = $state<'keys' | 'paste' | 'palette' | 'report' | null>(null)
  /** Raised when focus should follow to the pane of the present depth. */
  arrivals = $state(0)

  /** Goes to a depth and lets focus follow. */
  go(depth: Depth, tab?: EvidenceTab): void {
    this.view = 'findings'
    this.depth = depth
    if (tab) this.tab = tab
    this.arrivals++
  }

  /** Shows a view and lets focus follow. */
  show(view: View): void {
    this.view = view
    this.arrivals++
  }

  /** One step up; false at the top. */
  back(): boolean {
    if (this.view !== 'findings') this.view = 'findings'
    else if (this.depth === 'evidence') this.depth = 'finding'
    else if (this.depth === 'finding') this.depth = 'list'
    else return false
    this.arrivals++
    return true
  }

  /** To the start of a new analysis. */
  reset(): void {
    this.view = 'findings'
    this.depth = 'list'
    this.tab = 'events'
  }
}
