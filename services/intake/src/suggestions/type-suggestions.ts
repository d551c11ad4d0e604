import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { answers, Query } from '@shouwen/engine';
import { UTILITIES, type Utility } from '@shouwen/contracts';
import { standardsOf } from '@shouwen/standards';

/** What kind of matter could this message be? */
export class TypeSuggestions extends Query {
  @IsNotEmpty() @IsString() @MaxLength(4_000) text!: string;
  @IsOptional() @IsIn(UTILITIES) utility?: Utility;
}

/** By the words of the standards, each suggestion with the words that spoke for it. A person decides. */
export const typeSuggestions = answers(TypeSuggestions, async ({ text, utility }, reader) => {
  const standards = standardsOf(reader);
  const asOf = reader.now;
  const found = standards.suggestTypes(text, { asOf, ...(utility ? { utility } : {}) });
  return {
    suggestions: found.flatMap(({ code, score, words }) => {
      const type = standards.type(code, asOf);
      if (!type) return [];
      const { name, category, isSafety } = type;
      return [{ typeCode: code, name, utility: type.utility, category, isSafety, score, words }];
    }),
  };
});
