import { City } from './city.js';
import { simulationStory } from './simulation.story.js';

simulationStory(City.raise, 40);
