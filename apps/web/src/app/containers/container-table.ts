import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Container } from '@lxdm/api-client';
import { Age } from '../format/age';
import { Icon } from '../shell/icon';
import { AddressChips } from './address-chips';
import { ContainerNames } from './container-names';
import { ContainerRowActions } from './container-row-actions';
import { toggledSort, type Sort, type SortColumn } from './container-query';
import { StatusChip } from './status-chip';

interface Column {
  key: SortColumn | null;
  label: string;
}

@Component({
  selector: 'app-container-table',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, AddressChips, Age, ContainerRowActions, Icon, StatusChip],
  templateUrl: './container-table.html',
  styleUrl: './container-table.scss',
})
export class ContainerTable {
  private readonly names = inject(ContainerNames);
  readonly containers = input.required<Container[]>();
  readonly sort = input<Sort>('name');
  readonly sortable = input(true);
  readonly sorted = output<Sort>();

  protected readonly columns: Column[] = [
    { key: 'name', label: 'Name' },
    { key: 'status', label: 'Status' },
    { key: null, label: 'Addresses' },
    { key: 'host', label: 'Host' },
    { key: 'project', label: 'Project' },
    { key: 'createdAt', label: 'Created' },
  ];

  protected fqdn(container: Container): string {
    return this.names.fqdn(container.name);
  }

  protected toggle(column: SortColumn): void {
    this.sorted.emit(toggledSort(this.sort(), column));
  }

  protected direction(column: SortColumn | null): 'ascending' | 'descending' | null {
    if (column === null || !this.sortable()) return null;
    if (this.sort() === column) return 'ascending';
    return this.sort() === `-${column}` ? 'descending' : null;
  }
}
