/** Starts the app in a page: engine, state, root component. */
import { mount } from 'svelte'
import type { EngineApi } from '../../engine/worker/api.ts'
import type { HostPorts } from '../ports.ts'
import { AppState } from '../state/app-state.svelte.ts'
import { startLanguage } from '../text/language.svelte.ts'
import App from './App.svelte'
import './tokens.css'
import './base.css'

/** Mounts the app; the state is returned so that a host can hand in files. */
export function mountApp(target: Element, engine: EngineApi, host: HostPorts): AppState {
  startLanguage()
  const app = new AppState(engine, host)
  mount(App, { target, props: { app } })
  void app.analysis.start()
  app.beside?.start()
  app.keeper.start()
  return app
}
