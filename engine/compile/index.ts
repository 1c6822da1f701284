export { type CompileOptions, type CompileResult, compilePackage } from './compile-package.ts';
