import { limitsByPlaceAndCompanyStory } from './limits-by-place-and-company.story.js';
import { LiveCity } from './live-city.js';

limitsByPlaceAndCompanyStory(LiveCity.raise);
