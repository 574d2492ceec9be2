import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsISO8601,
  IsNotEmpty,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';
import { PageQuery } from '../../http/page-query';
import { BlankIsAbsent } from '../../http/query-text';
import { MAX_TEMPLATE, MAX_VALUE_OCTETS } from '../template';

/** Values that an entry may have at a time. */
export const MAX_VALUES = 20;

/** Which entries. */
export class ListDynamicEntries extends PageQuery {
  @ApiPropertyOptional({ maxLength: 100, description: 'In titles, names and templates, without regard to case.' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsString()
  @MaxLength(100)
  filter?: string;
}

/** An entry that is wanted. */
export class SaveDynamicEntry {
  @ApiProperty({ minLength: 1, maxLength: 100, description: 'What it is for.' })
  @IsString()
  @IsNotEmpty({ message: 'Say what the entry is for.' })
  @MaxLength(100)
  @Matches(/^\P{Cc}*$/u, { message: 'A title has no control characters.' })
  title!: string;

  @ApiProperty({
    maxLength: MAX_TEMPLATE,
    example: '_acme-challenge.web1 60 IN TXT "%s"',
    description: 'One line of zone-file text with one %s in its data, where the value goes.',
  })
  @IsString()
  @IsNotEmpty({ message: 'Write a template such as _acme-challenge.web1 60 IN TXT "%s".' })
  @MaxLength(MAX_TEMPLATE)
  template!: string;

  @ApiPropertyOptional({ type: [String], maxItems: 100, description: 'The ids of people and services who may set it.' })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  owners?: string[];

  @ApiPropertyOptional({ type: [String], maxItems: 20, example: ['192.0.2.0/24', '2001:db8::/32'] })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  networks?: string[];
}

/** A value that is wanted. */
export class EntryValue {
  @ApiProperty({ maxLength: MAX_VALUE_OCTETS })
  @IsString()
  @IsNotEmpty({ message: 'A value has at least one character.' })
  @MaxLength(MAX_VALUE_OCTETS)
  value!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Without it the value stays until it is replaced.' })
  @MayBeAbsent()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  expiresAt?: string;
}

/** The values that an entry is to have: one, none, or several with an expiry each. */
export class SetEntryValues {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: MAX_VALUE_OCTETS,
    description: 'The one value that the entry is to have; null or empty for none.',
  })
  @ValidateIf((_object, value) => value !== undefined && value !== null)
  @IsString()
  @MaxLength(MAX_VALUE_OCTETS)
  value?: string | null;

  @ApiPropertyOptional({ type: () => [EntryValue], maxItems: MAX_VALUES, description: 'Instead of `value`.' })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_VALUES)
  @ValidateNested({ each: true })
  @Type(() => EntryValue)
  values?: EntryValue[];
}

/** A token of an entry that is wanted. */
export class CreateEntryToken {
  @ApiProperty({ minLength: 1, maxLength: 100, description: 'What it is for.' })
  @IsString()
  @IsNotEmpty({ message: 'Say what the token is for.' })
  @MaxLength(100)
  @Matches(/^\P{Cc}*$/u, { message: 'A name has no control characters.' })
  name!: string;

  @ApiPropertyOptional({ type: [String], maxItems: 20, example: ['192.0.2.0/24', '2001:db8::/32'] })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  networks?: string[];

  @ApiPropertyOptional({ format: 'date-time', description: 'Without it the token lives until it is revoked.' })
  @MayBeAbsent()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  expiresAt?: string;
}
