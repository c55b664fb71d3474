import js from '@eslint/js';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

const EXPORTED_FIELD = 'ExportNamedDeclaration > TSInterfaceDeclaration > TSInterfaceBody > TSPropertySignature';

export default tseslint.config(
  { ignores: ['build/', 'coverage/', 'dist/', 'dist-packages/', '**/*.js', '**/*.mjs'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // What has no type of its own is `any` in structs, since jsii carries it; using one unchecked is what is refused.
      '@typescript-eslint/no-explicit-any': 'off',
      // jsii carries no functions: a class with static members only is the way to export some.
      '@typescript-eslint/no-extraneous-class': 'off',
      // An element of a list may be missing whatever its type says, and rules read what users wrote in plain JavaScript.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Takes `this` in a constructor for something that no constructor made.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['lib/**/*.ts'],
    plugins: { jsdoc },
    settings: { jsdoc: { mode: 'typescript' } },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          enableFixer: false,
          publicOnly: true,
          require: { ClassDeclaration: true, FunctionDeclaration: true },
          contexts: ['TSInterfaceDeclaration', 'TSEnumDeclaration', 'TSTypeAliasDeclaration'],
        },
      ],
      'jsdoc/require-description': ['error', { contexts: ['any'], checkConstructors: false, exemptedBy: ['internal'] }],
      'jsdoc/check-param-names': 'error',
      'jsdoc/require-param-description': 'error',
      'jsdoc/check-tag-names': ['error', { definedTags: ['internal'] }],
      'jsdoc/no-types': 'error',
      'jsdoc/no-restricted-syntax': [
        'error',
        {
          contexts: [
            {
              context: `${EXPORTED_FIELD}[optional=true]`,
              comment: 'JsdocBlock:not(:has(JsdocTag[tag="default"]))',
              message: 'Say with @default what holds when this is left out.',
            },
          ],
        },
      ],
    },
  },
  {
    // Apps are written as a user of the package would write them.
    files: ['apps/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['../lib/*'] }] },
  },
  {
    // Tests look into manifests of any kind.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['tools/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts'], rules: { 'no-console': 'off' } },
);
