/** The closed lists of the contract, in the order people meet them. */
export const LEVELS = ['felony', 'misdemeanor', 'infraction', 'violation'] as const;
export const DISPOSITIONS = ['convicted', 'dismissed', 'acquitted', 'not_filed', 'diverted', 'adjudicated', 'pending', 'other'] as const;
export const PLEAS = ['guilty', 'no_contest', 'trial'] as const;
export const SENTENCE_STATUS = ['completed', 'serving'] as const;
export const CONDUCT = [
  'possess', 'cultivate', 'possess_for_sale', 'sell', 'furnish', 'give', 'transport', 'transport_for_sale', 'import', 'export',
] as const;
export const CIRCUMSTANCES = [
  'buyer_under_18', 'recipient_under_21', 'employed_under_21', 'school_grounds', 'left_state', 'environmental_harm',
  'grow_rules_broken', 'trafficking_victim', 'within_custody_facility', 'value_over_950', 'fire_crew',
] as const;
/** Whose law a court applies, where no pack answers for it; the packs' own come with the session. */
export const ELSEWHERE = ['us', 'tribal', 'military', 'foreign'] as const;
export const EFFECTS = ['dismissed', 'reduced_to_misdemeanor', 'reduced_to_infraction', 'sealed', 'vacated', 'pardoned'] as const;
