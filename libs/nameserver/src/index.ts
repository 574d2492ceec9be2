export { Network } from './client/network';
export type { RateLimits, Verdict } from './client/rate-limits';
export type { SignedRequest, UpdateHandler } from './deferred/signed-request';
export { dnskeyPublicKey, dsRdata, generateZoneKey, keyTag } from './dnssec/dnskey';
export type { SignatureWindow } from './dnssec/rrsig';
export { SignedZone } from './dnssec/signed-zone';
export { SigningKey } from './dnssec/signing-key';
export type { KeyRole } from './dnssec/signing-key';
export { signZone } from './dnssec/zone-signer';
export type { SigningParts } from './dnssec/zone-signer';
export { traceLookup } from './lookup-trace';
export type { LookupTrace, TracedRecord, TraceStep } from './lookup-trace';
export { Mirror } from './mirror/mirror';
export type { MirrorOptions, MirrorOutcome } from './mirror/mirror';
export { Name, nameKey } from './name';
export { NameError } from './name-error';
export type { NameErrorCode } from './name-error';
export { NotifyClient } from './notify/notify-client';
export type { NotifyClientOptions, NotifyTarget } from './notify/notify-client';
export { Rcode, rcodeName } from './rcode';
export { RrType, typeName } from './rr-type';
export { rdataText } from './records/rdata-text';
export type { ServiceParam } from './records/service-params';
export { questionOf } from './question-of';
export { DnsServer } from './server/dns-server';
export type { BindAddress, DnsServerOptions, QueryEvent, ServerLimits } from './server/server-options';
export { zoneDelta } from './transfer/zone-delta';
export type { ZoneDelta } from './transfer/zone-delta';
export { ZoneJournal } from './transfer/zone-journal';
export { transferRecords } from './transfer/zone-transfer';
export type { TransferKind } from './transfer/zone-transfer';
export { isNewerSerial } from './transfer/serial';
export type {
  Transfer,
  TransferHandler,
  TransferOutcome,
  TransferRecords,
  TransferRequest,
} from './transfer/transfer-request';
export { signTsig, verifyTsig } from './tsig/tsig';
export type { TsigCheck, TsigOptions } from './tsig/tsig';
export { TsigKey, tsigKeys } from './tsig/tsig-key';
export type { TsigAlgorithm, TsigKeyData, TsigKeys } from './tsig/tsig-key';
export { TsigError } from './tsig/tsig-record';
export { UnavailableZone } from './unavailable-zone';
export type { HeldNames, HeldRecord } from './update/held-records';
export { failedPrerequisite } from './update/prerequisites';
export { isUpdatableType } from './update/rdata-layout';
export { recordsAt } from './update/records-at';
export { setLimitFault } from './update/set-limits';
export { applyUpdate } from './update/update-application';
export type { UpdateOutcome } from './update/update-application';
export { decodeUpdate, MAX_UPDATE_RECORDS } from './update/update-decoder';
export type { Change, Prerequisite, UpdateFault, UpdateMessage, UpdateRecord } from './update/update-message';
export { updateReply } from './update/update-reply';
export { Zone } from './zone';
export { amendZone } from './zone-amendment';
export type { ZoneAmendment } from './zone-amendment';
export { buildServableZone, buildZone } from './zone-builder';
export type {
  EncodedType,
  NameText,
  RawRecord,
  RecordDataByType,
  RrsetData,
  ServiceBindingData,
  SoaData,
  ZoneData,
} from './zone-data';
export { ZoneError } from './zone-problem';
export type { ZoneProblem, ZoneProblemCode } from './zone-problem';
export { readServableZoneFile, readZoneFile } from './zone-file/zone-file-reader';
export type { ZoneFile, ZoneFileOptions } from './zone-file/zone-file-reader';
export type { ZoneFileRrset } from './zone-file/rrset-collector';
export { ZoneFileError } from './zone-file/zone-file-problem';
export type { TextPlace, ZoneFileProblem, ZoneFileProblemCode } from './zone-file/zone-file-problem';
export { writeZoneFile, zoneFileLines } from './zone-file/zone-file-writer';
export { canonicalName, targetName, wireRecords } from './zone-file/wire-records';
export type { WireRecord } from './zone-file/wire-records';
export { ZoneSet } from './zone-set';
export type { Authority } from './zone-set';
