export { eui64, type FakeNetworks } from './fake-lxd/fake-addresses';
export type { FakeInstance, FakeInstanceInit } from './fake-lxd/fake-instance';
export { FakeLxd, type EffectHook, type RequestHook } from './fake-lxd/fake-lxd';
export type { ExecCall, ExecResult } from './fake-lxd/fake-parts';
export type { FakeRequest } from './fake-lxd/fake-request';
export type { FakeLxdOptions, FakeTimings } from './fake-lxd/fake-settings';
export type { Fault, FaultScope } from './fake-lxd/faults';
export { selfSigned, type SelfSigned } from './fake-lxd/self-signed';
