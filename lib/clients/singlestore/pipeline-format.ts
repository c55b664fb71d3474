import { ISchemaRegistry } from '../../connection/schema-registry';
import { sqlIdentifier } from '../flink/sql-literal';
import { sqlString } from './sql-text';

/** @internal What each format consists of. */
export type PipelineFormatDetails =
  | { readonly kind: 'csv'; readonly columns: readonly string[]; readonly separator: string }
  | { readonly kind: 'json'; readonly columns: Readonly<Record<string, string>> }
  | { readonly kind: 'avro'; readonly columns: Readonly<Record<string, string>>; readonly registry: ISchemaRegistry };

/** How a pipeline reads the records of its topic. */
export class PipelineFormat {
  /**
   * Lines of fields.
   *
   * @param columns the columns that the fields go to, in their order
   * @param separator what is between two fields; a comma if not given
   */
  public static csv(columns: string[], separator: string = ','): PipelineFormat {
    return new PipelineFormat({ kind: 'csv', columns, separator });
  }

  /**
   * JSON.
   *
   * @param columns each column with the path of its value, such as `address::city`; `%` is the whole record
   */
  public static json(columns: { [column: string]: string }): PipelineFormat {
    return new PipelineFormat({ kind: 'json', columns });
  }

  /**
   * Avro, with schemas of a registry.
   *
   * @param registry the registry
   * @param columns each column with the path of its value, such as `address::city`; `%` is the whole record
   */
  public static avro(registry: ISchemaRegistry, columns: { [column: string]: string }): PipelineFormat {
    return new PipelineFormat({ kind: 'avro', registry, columns });
  }

  private constructor(
    /** @internal */
    public readonly _details: PipelineFormatDetails,
  ) {}

  /** @internal The registry with the schemas; none if the records need none. */
  public get _registry(): ISchemaRegistry | undefined {
    return this._details.kind === 'avro' ? this._details.registry : undefined;
  }

  /** @internal The columns that are filled. */
  public get _columns(): readonly string[] {
    const { columns } = this._details;
    return Array.isArray(columns) ? (columns as readonly string[]) : Object.keys(columns);
  }

  /** @internal The lines of the statement. */
  public _render(): string[] {
    const details = this._details;
    switch (details.kind) {
      case 'csv':
        return [
          `FIELDS TERMINATED BY ${sqlString(details.separator)} ENCLOSED BY '"' ESCAPED BY '\\\\'`,
          `LINES TERMINATED BY '\\n'`,
          `(${details.columns.map(sqlIdentifier).join(', ')})`,
        ];
      case 'json':
        return ['FORMAT JSON', mapping(details.columns)];
      case 'avro':
        return [`FORMAT AVRO SCHEMA REGISTRY ${sqlString(details.registry.confluentUrl)}`, mapping(details.columns)];
    }
  }
}

/**
 * Which value goes to which column.
 *
 * @see SingleStore 9.0, "LOAD DATA" (JSON LOAD DATA: subvalue mappings)
 */
function mapping(columns: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(columns).map(([column, path]) => `${sqlIdentifier(column)} <- ${subvalue(path)}`);
  return `(${pairs.join(', ')})`;
}

function subvalue(path: string): string {
  return path === '%' ? path : path.split('::').map(sqlIdentifier).join('::');
}
