import { City } from './city.js';
import { importStory } from './import.story.js';

importStory(City.raise, 40);
