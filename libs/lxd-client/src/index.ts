export { Api, type ApiCall } from './api';
export { Certificates } from './certificates';
export { CertificateChangedError, isLxdError, LxdError, type LxdErrorDetails, type LxdErrorKind } from './errors';
export { LxdEventStream, type EventStreamItem, type EventStreamOptions } from './events';
export { Exec, type ExecOutput, type ExecRequest } from './exec';
export { Files, type FileAttributes } from './files';
export { Images } from './images';
export { Instances, type Tagged } from './instances';
export { LxdHost, type LxdHostOptions } from './lxd-host';
export { Networks } from './networks';
export { Operations, type OperationOutcome, type WaitOptions } from './operations';
export { normalizeFingerprint, type ProbedCertificate } from './pinned-tls';
export { probeCertificate } from './probe-certificate';
export { Sftp, type SftpOptions } from './sftp/sftp';
export { SftpSession, type SftpOwnership } from './sftp/sftp-session';
export type { SftpEntry } from './sftp/sftp-wire';
export { decodeTrustToken, isTrustTokenExpired, type TrustToken } from './trust-token';
export { defaultTimeouts, type CallOptions, type LxdTimeouts } from './timeouts';
export type { LifecycleEvent, LifecycleMetadata, LifecycleRequestor, LxdEvent, OperationEvent } from './wire/event';
export type { Image, ImageAlias, ImagesPost, ImageSource } from './wire/image';
export type {
  Instance,
  InstanceConfig,
  InstanceDevices,
  InstancePut,
  InstancesPost,
  InstanceSource,
  InstanceStatePut,
} from './wire/instance';
export type { InstanceFull, InstanceState, InterfaceAddress, InterfaceState } from './wire/instance-state';
export type { Network } from './wire/network';
export type { Operation } from './wire/operation';
export type { Resources, Server, ServerEnvironment } from './wire/server';
export { StatusCode } from './wire/status-code';
