export * from './job-consumer';
export * from './job-names';
export * from './job-producer';
export * from './jobs.module';
