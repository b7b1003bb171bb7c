/**
 * Takes away what could reach the network and what the policy of the page does not cover (WebRTC, beacons, new windows).
 * The policy already refuses connections; this makes an attempt impossible to write by accident.
 */
const CONSTRUCTORS = [
  'RTCPeerConnection',
  'webkitRTCPeerConnection',
  'RTCDataChannel',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'XMLHttpRequest',
  'fetch'
] as const

/** Call before anything of the app starts. */
export function sealPage(scope: Window & typeof globalThis): void {
  for (const name of CONSTRUCTORS) Reflect.deleteProperty(scope, name)
  Reflect.deleteProperty(scope.Navigator.prototype, 'sendBeacon')
  scope.open = () => null
}
