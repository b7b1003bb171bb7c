/** English texts of the "Prove it" view. */
export const prove = {
  'prove.title': 'Prove it: nothing leaves',
  'prove.open': 'Prove that nothing leaves',
  'prove.lead':
    'Do not take our word for it. Rarebit tries here, in front of you, every way by which a page can send something, and shows what stopped each one. Nothing is tried before you press the button.',
  'prove.address': 'Address to try to reach',
  'prove.address.hint':
    'A port of this machine is enough. To watch for yourself, start a listener first, for example python3 -m http.server 8765, and see that no line appears.',
  'prove.address.wrong': 'Write an address that starts with http:// or https://.',
  'prove.run': 'Try every way out',
  'prove.running': 'Trying {n} of {all}',
  'prove.summary.all':
    'Nothing left. {page} of {page} ways were stopped in the page and {worker} of {worker} in a worker, towards {address}.',
  'prove.summary.open':
    'Not everything was stopped: {open} of {all} attempts found a way to {address}. Do not use this copy for what must stay here.',
  'prove.summary.unclear':
    'Not proven: {stopped} of {all} attempts were stopped, the others failed and this browser does not say why. Start a listener at {address} and try again: if it hears nothing, nothing left.',
  'prove.worker.failed': 'The worker could not be tried: {reason}',
  'prove.table': 'Ways out, and what stopped them',
  'prove.column.channel': 'Way out',
  'prove.column.page': 'In this page',
  'prove.column.worker': 'In a worker',
  'prove.stopped': 'Stopped',
  'prove.unclear': 'Not certain',
  'prove.notStopped': 'Not stopped',
  'prove.policy': 'by the policy: {rule}',
  'prove.absent': 'taken away: does not exist here',
  'prove.types': 'by Trusted Types: the address was refused',
  'prove.refused': 'the browser refused the call: {words}',
  'prove.failed': 'it failed, and the browser does not say what stopped it: {words}',
  'prove.reached': 'the way is open',
  'prove.silent': 'nothing was reported',
  'prove.untried': 'not tried yet',
  'prove.none': 'workers have none',

  'prove.channel.image': 'Image',
  'prove.channel.background': 'Background of a style',
  'prove.channel.font': 'Font',
  'prove.channel.preload': 'Preload',
  'prove.channel.prefetch': 'Prefetch',
  'prove.channel.stylesheet': 'Style sheet',
  'prove.channel.script': 'Script',
  'prove.channel.worker': 'Module worker',
  'prove.channel.iframe': 'Frame',
  'prove.channel.form': 'Form',
  'prove.channel.video': 'Video',

  'prove.limits': 'What a policy cannot stop',
  'prove.limits.lead':
    'Three ways out are beyond the policy of any page. Rarebit takes away what makes them, and keeps them out of its code.',
  'prove.limits.ahead':
    'A connection opened ahead of use (Preconnect). It carries no data, but it names a host. Elements that ask for one cannot be made here.',
  'prove.limits.window': 'A new window with an address. What opens one is replaced before the page starts and opens nothing.',
  'prove.limits.navigation':
    'Going elsewhere: an address can carry data. Where the browser tells a page before it leaves, the page stays.',
  'prove.limits.gate':
    'Every build is searched for these and for every other way out; each place that may name one is on a list with its reason, and a build with one more fails.',
  'prove.how': 'How this is tried',
  'prove.how.text':
    'The page is sealed before its first script runs, so some ways do not exist in it. The worker of this test is under the same policy and has nothing taken away: there it is the policy alone that stops each attempt. The worker that reads your files is sealed like the page.'
} as const
