export * from './library';
export * from './scenarios';
