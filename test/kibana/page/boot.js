/**
 * The page of the fake Kibana: alerts table with flyout, Discover, Timeline and rule page, as far as their requests go. It asks
 * as Kibana asks: `fetch(new Request(...))` looked up at call time, Kibana's headers, XHR for the batched route, pushState.
 */
;(() => {
  const metadata = JSON.parse(document.querySelector('kbn-injected-metadata').getAttribute('data'))
  const profile = metadata.fake.profile
  const root = document.querySelector('#kibana-body')
  /** What this page asked for: tests subtract it from the server's log. */
  const asked = []
  globalThis.fakeKibana = { asked, go, reload: render }

  const HEADERS = {
    'content-type': 'application/json',
    'kbn-version': metadata.version,
    'kbn-build-number': String(metadata.buildNumber),
    'x-elastic-internal-origin': 'Kibana'
  }

  async function call(method, path, body, apiVersion = '1') {
    asked.push(`${method} ${path}`)
    const request = new Request(metadata.basePath + path, {
      method,
      headers: { ...HEADERS, 'elastic-api-version': apiVersion },
      ...(body && { body: JSON.stringify(body) })
    })
    const response = await window.fetch(request)
    return response.status === 204 ? null : response.json()
  }

  /** A search and, while it runs, its polls. */
  async function search(strategy, body, stream) {
    let answer = await call('POST', `/internal/search/${strategy}`, { ...body, stream })
    while (answer && (answer.is_running || answer.isRunning || answer.rawResponse?.is_running))
      answer = await call('POST', `/internal/search/${strategy}/${encodeURIComponent(answer.id)}`, {
        params: { wait_for_completion_timeout: '30s' },
        stream
      })
    return answer
  }

  /** The batched route of earlier versions: XHR, lines of base64 and deflate. */
  function bsearch(batch) {
    asked.push('POST /internal/bsearch?compress=true')
    return new Promise((done, failed) => {
      const xhr = new XMLHttpRequest()
      xhr.open('POST', `${metadata.basePath}/internal/bsearch?compress=true`)
      xhr.setRequestHeader('Content-Type', 'application/json')
      xhr.setRequestHeader('kbn-version', metadata.version)
      xhr.setRequestHeader('x-elastic-internal-origin', 'Kibana')
      xhr.onload = () => done(Promise.all(xhr.responseText.trim().split('\n').map(inflate)))
      xhr.onerror = failed
      xhr.send(JSON.stringify({ batch }))
    })
  }

  async function inflate(line) {
    if (line.startsWith('{')) return JSON.parse(line)
    const bytes = Uint8Array.from(atob(line), (c) => c.charCodeAt(0))
    const stream = new DecompressionStream('deflate')
    const writer = stream.writable.getWriter()
    // The stream is flushed but not finished: it never closes by itself.
    writer.write(bytes).catch(() => {})
    let text = ''
    const reader = stream.readable.pipeThrough(new TextDecoderStream()).getReader()
    while (!text.endsWith('}') || !parses(text)) {
      const { value, done } = await reader.read()
      if (done) break
      text += value
    }
    return JSON.parse(text)
  }

  const parses = (text) => {
    try {
      return Boolean(JSON.parse(text))
    } catch {
      return false
    }
  }

  const RANGE = { gte: '2026-11-23T08:00:00.000Z', lte: '2026-11-23T10:30:00.000Z', format: 'strict_date_optional_time' }
  const FILTER = { bool: { must: [], filter: [{ range: { '@timestamp': RANGE } }], should: [], must_not: [] } }

  const loadAlerts = () =>
    search(
      'privateRuleRegistryAlertsSearchStrategy',
      {
        ...(metadata.version.startsWith('8.1')
          ? { featureIds: ['siem'] }
          : { ruleTypeIds: ['siem.esqlRule', 'siem.queryRule'], consumers: ['siem'] }),
        fields: [{ field: 'host.name', include_unmapped: true }],
        query: FILTER,
        pagination: { pageIndex: 0, pageSize: 50 },
        sort: [{ '@timestamp': { order: 'desc' } }],
        runtimeMappings: {},
        params: {}
      },
      false
    )

  const loadDetails = (id, index) =>
    search(
      'timelineSearchStrategy',
      { entityType: 'events', indexName: index, eventId: id, factoryQueryType: 'eventsDetails', runtimeMappings: {}, params: {} },
      false
    )

  const loadTimeline = () =>
    search(
      'timelineSearchStrategy',
      {
        defaultIndex: ['.alerts-security.alerts-default', 'logs-*'],
        factoryQueryType: 'eventsAll',
        fieldRequested: ['@timestamp', 'event.action', 'host.name', 'process.command_line'],
        filterQuery: JSON.stringify({ bool: { filter: [{ term: { 'process.parent.name': 'php-fpm8.2' } }] } }),
        pagination: { activePage: 0, querySize: 500 },
        timerange: { from: RANGE.gte, to: RANGE.lte },
        params: {}
      },
      false
    )

  function loadDocuments() {
    const body = {
      sort: [{ '@timestamp': { order: 'desc' } }],
      fields: [{ field: '*', include_unmapped: true }],
      size: 500,
      _source: false,
      query: FILTER
    }
    if (profile === 'bsearch') {
      const options = { strategy: 'ese', executionContext: { name: 'discover', description: 'fetch documents' } }
      return bsearch([{ request: { params: { index: 'logs-*', body } }, options }]).then((lines) => lines[0].result)
    }
    const streamed = profile !== 'wrapped'
    return search(
      'ese',
      { params: streamed ? { index: 'logs-*', ...body } : { index: 'logs-*', body }, sessionId: crypto.randomUUID() },
      streamed
    )
  }

  const loadEsql = (query) =>
    search(
      'esql_async',
      { params: { query, locale: 'en', include_execution_metadata: true, filter: FILTER, dropNullColumns: true } },
      profile !== 'wrapped' && profile !== 'bsearch'
    )

  // ---- views ----

  const el = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === 'function') node.addEventListener(name, value)
      else node.setAttribute(name, value)
    }
    node.append(...children)
    return node
  }
  const show = (...children) => root.querySelector('main').replaceChildren(...children)
  const first = (value) => (Array.isArray(value) ? value[0] : value)

  function go(path) {
    history.pushState(null, '', metadata.basePath + path)
    return render()
  }

  const rison = (text) => `'${text.replaceAll('!', '!!').replaceAll("'", "!'")}'`
  const flyoutPath = (hit) =>
    `/app/security/alerts?query=(language:kuery,query:'')&flyout=(preview:!(),right:(id:document-details-right,params:(id:${rison(hit._id)},indexName:${hit._index},scopeId:alerts-page)))`

  async function alertsView(parameters) {
    const answer = await loadAlerts()
    const hits = answer.rawResponse?.hits?.hits ?? []
    const rows = hits.map((hit) =>
      el(
        'tr',
        { tabindex: '0', 'data-alert': hit._id, click: () => go(flyoutPath(hit)) },
        ...['@timestamp', 'kibana.alert.rule.name', 'kibana.alert.severity', 'host.name', 'process.command_line'].map((name) =>
          el('td', {}, String(first(hit.fields[name]) ?? ''))
        )
      )
    )
    const head = el(
      'tr',
      {},
      ...['@timestamp', 'Rule', 'Severity', 'host.name', 'process.command_line'].map((text) => el('th', {}, text))
    )
    show(
      el('h1', {}, 'Alerts'),
      el('p', { 'data-test-subj': 'toolbar-alerts-count' }, `${hits.length} alerts`),
      el('table', {}, el('thead', {}, head), el('tbody', {}, ...rows))
    )
    const open = /right:\(id:document-details-right,params:\(id:'?([^',)]+)'?,indexName:'?([^',)]+)/.exec(
      parameters.get('flyout') ?? ''
    )
    if (open) await flyout(open[1], open[2])
  }

  async function flyout(id, index) {
    root.querySelector('aside')?.remove()
    const details = await loadDetails(id, index)
    const source = details?.rawResponse?.hits?.hits?.[0]?._source ?? {}
    const facts = Object.entries(source)
      .filter(([name]) => !name.startsWith('kibana.alert.rule.parameters'))
      .map(([name, value]) =>
        el('tr', {}, el('th', {}, name), el('td', {}, typeof value === 'object' ? JSON.stringify(value) : String(value)))
      )
    const close = el('button', { type: 'button', click: () => go('/app/security/alerts') }, 'Close')
    root
      .querySelector('main')
      .append(
        el(
          'aside',
          { 'data-test-subj': 'rightSection', 'aria-label': 'Alert' },
          close,
          el('h2', {}, String(source['kibana.alert.rule.name'] ?? id)),
          el('table', {}, el('tbody', {}, ...facts))
        )
      )
  }

  async function discoverView() {
    const state = decodeURIComponent(location.hash)
    const esql = profile === 'esql' || state.includes('type:esql')
    const query = (/query:\(esql:'((?:[^'!]|!.)*)'/.exec(state)?.[1] ?? '').replace(/!(.)/g, '$1')
    const answer = esql
      ? await loadEsql(query || 'FROM logs-endpoint.events.process-* METADATA _id, _index | SORT @timestamp DESC | LIMIT 500')
      : await loadDocuments()
    const body = answer?.rawResponse ?? answer?.response ?? answer
    const rows = (body?.hits?.hits ?? []).map((hit) => [
      first(hit.fields['@timestamp']),
      first(hit.fields['host.name']),
      first(hit.fields['process.command_line'])
    ])
    const columns = body?.columns ? body.columns.map(({ name }) => name) : ['@timestamp', 'host.name', 'process.command_line']
    const table = (body?.values ?? rows).slice(0, 60)
    show(
      el('h1', {}, 'Discover'),
      el('p', {}, `${(body?.values ?? rows).length} documents`),
      el(
        'table',
        {},
        el('thead', {}, el('tr', {}, ...columns.map((name) => el('th', {}, name)))),
        el('tbody', {}, ...table.map((row) => el('tr', {}, ...row.map((cell) => el('td', {}, String(cell ?? ''))))))
      )
    )
  }

  async function timelineView() {
    const answer = await loadTimeline()
    show(el('h1', {}, 'Timeline'), el('p', {}, `${answer.rawResponse?.hits?.hits?.length ?? 0} events`))
  }

  async function ruleView(id) {
    const rule = await call('GET', `/api/detection_engine/rules?id=${id}`, null, '2023-10-31')
    show(el('h1', {}, String(rule.name)), el('pre', {}, String(rule.query)))
  }

  const VIEWS = [
    [
      /^\/app\/security\/alerts\/redirect\/([^/]+)/,
      (match, parameters) => go(flyoutPath({ _id: match[1], _index: parameters.get('index') ?? '' }))
    ],
    [/^\/app\/security\/alerts/, (_, parameters) => alertsView(parameters)],
    [/^\/app\/security\/rules\/id\/([^/]+)/, (match) => ruleView(match[1])],
    [/^\/app\/security\/timelines/, timelineView],
    [/^\/app\/discover/, discoverView]
  ]

  async function render() {
    const path = location.pathname.slice(metadata.basePath.length)
    document.title = `${path.split('/')[2] ?? 'Home'} - Fake Kibana`
    for (const [pattern, view] of VIEWS) {
      const match = pattern.exec(path)
      if (!match) continue
      try {
        return await view(match, new URLSearchParams(location.search))
      } catch (error) {
        show(el('h1', {}, 'Search error'), el('p', { role: 'alert' }, String(error)))
        return
      }
    }
    show(el('h1', {}, 'Not found'))
  }

  const link = (path, text) =>
    el(
      'a',
      {
        href: metadata.basePath + path,
        click: (event) => {
          event.preventDefault()
          void go(path)
        }
      },
      text
    )
  root.append(
    el(
      'header',
      {},
      el('strong', {}, 'fake kibana'),
      el('span', {}, `${metadata.version} · ${profile}`),
      el(
        'nav',
        { 'aria-label': 'Views' },
        link('/app/security/alerts', 'Alerts'),
        link('/app/discover', 'Discover'),
        link('/app/security/timelines', 'Timeline')
      )
    ),
    el('main')
  )
  addEventListener('popstate', () => void render())
  addEventListener('hashchange', () => void render())
  void render()
})()
