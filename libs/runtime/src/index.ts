export * from './health-server';
export * from './logging';
export * from './metrics';
export * from './run-background';
export * from './run-process';
export * from './settings';
