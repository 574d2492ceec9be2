export { ApiConfiguration, provideApiConfiguration } from './generated/api-configuration';
export * from './generated/models';
export * from './generated/services';
