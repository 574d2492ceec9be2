import { DataSource } from 'typeorm';
import { SqlTransactor } from './sql-transactor';

/** Transactions on TypeORM's connections, with its repositories beside them. */
export class Transactor extends SqlTransactor {
  constructor(readonly dataSource: DataSource) {
    super(dataSource);
  }
}
