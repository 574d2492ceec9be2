export { Gitlab, type CodeExchange, type GitlabOptions } from './gitlab';
export type { GitlabGroup, GitlabMember } from './group-shape';
export { GitlabError, isGitlabError, type GitlabErrorDetails, type GitlabErrorKind } from './gitlab-error';
export type { GitlabKey, GitlabKeys } from './key-shape';
export { defaultTimeouts, type CallOptions, type GitlabTimeouts } from './timeouts';
export type { GitlabTokens } from './token-shape';
export { isShutOut, type GitlabAccountState, type GitlabUser } from './user-shape';
