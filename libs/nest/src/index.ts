export * from './entities.module';
export * from './logging';
export * from './run-background';
