export * from './health-server';
export * from './metrics';
export * from './run-process';
export * from './settings';
